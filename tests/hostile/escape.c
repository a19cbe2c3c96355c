/*
 * escape MODE: guests of the sandbox machine that use what only it has, its gate to the host's system calls
 * and its mailbox, as its library OS never would.
 */
#include "hypercall.h"
#include <sched.h>

#define MAILBOX ((volatile struct ub_sandbox *)UB_SANDBOX)
#define LIBOS ((const struct ub_libos_header *)UB_LIBOS_TEXT)
#define MB (1UL << 20)
enum { HOST_FUTEX_WAKE = 1 };

typedef long gate_function(long, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t);

static gate_function *gate_at(uint64_t offset)
{
    uint64_t at = LIBOS->gate + offset;
    gate_function *gate;
    memcpy(&gate, &at, sizeof gate);
    return gate;
}

static long gate(long number, uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e, uint64_t f)
{
    return gate_at(0)(number, a, b, c, d, e, f);
}

static void pass_turn(void)
{
    __atomic_store_n(&MAILBOX->turn, MAILBOX->turn + 1, __ATOMIC_SEQ_CST);
    if (__atomic_exchange_n(&MAILBOX->monitor_waits, 0, __ATOMIC_SEQ_CST))
        gate(SYS_futex, (uint64_t)&MAILBOX->monitor_waits, HOST_FUTEX_WAKE, 1, 0, 0, 0);
}

/* A hypercall whose orders are not carried out. */
static long deaf_call(uint64_t number, uint64_t argument)
{
    MAILBOX->call[0] = number;
    MAILBOX->call[1] = argument;
    do {
        MAILBOX->again = 0;
        pass_turn();
        while (__atomic_load_n(&MAILBOX->turn, __ATOMIC_SEQ_CST) & 1)
            ;
    } while (MAILBOX->again);
    return MAILBOX->result;
}

/* What the filter must keep from the host: a file that would be made, a process that would be hit. */
static void calls(const char *file, pid_t victim)
{
    char *const arguments[] = {NULL};
    static const char shell[] = "/bin/sh";
    printf("openat: %ld\n",
           gate(SYS_openat, (uint64_t)AT_FDCWD, (uint64_t)file, O_CREAT | O_RDWR, 0600, 0, 0));
    printf("open: %ld\n", gate(SYS_open, (uint64_t)file, O_CREAT | O_RDWR, 0600, 0, 0, 0));
    printf("kill: %ld\n", gate(SYS_kill, (uint64_t)victim, SIGKILL, 0, 0, 0, 0));
    printf("tgkill: %ld\n", gate(SYS_tgkill, (uint64_t)victim, (uint64_t)victim, SIGKILL, 0, 0, 0));
    printf("ptrace: %ld\n", gate(SYS_ptrace, 16, (uint64_t)victim, 0, 0, 0, 0));
    printf("process_vm_writev: %ld\n", gate(SYS_process_vm_writev, (uint64_t)victim, 0, 0, 0, 0, 0));
    printf("socket: %ld\n", gate(SYS_socket, AF_NETLINK, SOCK_RAW, 0, 0, 0, 0));
    printf("memfd_create: %ld\n", gate(SYS_memfd_create, (uint64_t)shell, 0, 0, 0, 0, 0) >= 0 ? 1L : 0);
    printf("execve: %ld\n",
           gate(SYS_execve, (uint64_t)shell, (uint64_t)arguments, (uint64_t)arguments, 0, 0, 0));
    printf("mmap without a file: %ld\n", gate(SYS_mmap, 0x7000000000, MB, PROT_READ,
                                              MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, (uint64_t)-1, 0) > 0
                                             ? 1L
                                             : 0);
}

/* Into the gate at every byte, with registers that mean something to the host. */
static void jumps(void)
{
    for (uint64_t offset = 0; offset < 160; offset++) {
        pid_t child = fork();
        if (child == 0) {
            gate_at(offset)((long)offset, SYS_kill, SYS_openat, 1, 2, 3, 4);
            _exit(0);
        }
        pid_t ended = 0; /* some sleep for ever */
        for (int i = 0; i < 10 && !(ended = waitpid(child, NULL, WNOHANG)); i++)
            usleep(2000);
        if (!ended) {
            kill(child, SIGKILL);
            waitpid(child, NULL, 0);
        }
    }
    printf("done\n");
}

/* All of every descriptor, and writing where only reading was granted. */
static void foreign(void)
{
    static const uint64_t shared[] = {UB_LIBOS_TEXT, UB_SYSTEM_PAGE};
    for (size_t i = 0; i < 2; i++)
        printf("mprotect: %ld\n", gate(SYS_mprotect, shared[i], UB_PAGE, PROT_READ | PROT_WRITE, 0, 0, 0));
    fflush(stdout);
    if (fork() == 0) {
        for (uint64_t fd = 0; fd < 128; fd++)
            for (uint64_t at = 0; at < 8 * MB; at += MB) {
                long mapped =
                    gate(SYS_mmap, 0x7000000000, MB, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, at);
                if (mapped > 0 && (fd != UB_SANDBOX_MEMORY || at > 0))
                    memset((char *)mapped, 0xa5, MB);
            }
        _exit(0);
    }
    wait(NULL);
    printf("done\n");
}

static void scribble(unsigned seed)
{
    volatile uint32_t *words = (volatile uint32_t *)UB_SANDBOX;
    srand(seed);
    for (int i = 0; i < 200000; i++) {
        size_t at = (size_t)rand() % (i % 2 ? 32 : (UB_SANDBOX_BYTES - 2 * UB_SANDBOX_STACK) / 4);
        words[at] = i % 3 ? (uint32_t)rand() : (uint32_t)-rand() % 4;
        if (i % 64 == 0)
            gate(SYS_futex, (uint64_t)&MAILBOX->monitor_waits, HOST_FUTEX_WAKE, 1, 0, 0, 0);
    }
}

/* Never takes descriptors out of its socket, and leaves them there for who has this machine next. */
static void deaf(void)
{
    for (int calls = 200; calls < 320; calls += 10) {
        pid_t child = fork();
        if (child == 0) {
            for (int i = 0; i < calls; i++)
                deaf_call(UB_HC_PIPE_CREATE, 0);
            deaf_call(UB_HC_EXIT, 0);
            gate(SYS_exit_group, 0, 0, 0, 0, 0, 0); /* what it was answered was for the next process */
        }
        waitpid(child, NULL, 0);
    }
    printf("done\n");
}

static void spin(void)
{
    for (;;)
        ;
}

/* Forges the frame of a host's signal, so that no signal reaches it any more. */
static void masked(void)
{
    static struct {
        uint64_t flags, link, stack[3], registers[23], fpu, reserved[8], mask;
    } frame;
    static char stack[4096];
    enum { RSP = 15, RIP = 16, EFL = 17, SEGMENTS = 18 };
    frame.registers[RSP] = (uint64_t)stack + sizeof stack;
    frame.registers[RIP] = (uint64_t)&spin;
    frame.registers[EFL] = 0x202;
    frame.registers[SEGMENTS] = 0x33 | 0x2bUL << 48;
    frame.stack[1] = 2; /* SS_DISABLE */
    frame.mask = ~0UL;
    printf("masked\n");
    fflush(stdout);
    __asm__ volatile("mov %0, %%rsp; mov $15, %%edi; jmp *%1"
                     :
                     : "r"(&frame), "r"(LIBOS->gate)
                     : "memory", "rdi");
    __builtin_unreachable();
}

/* Says that it has ended, and goes on. */
static void ghost(void)
{
    MAILBOX->call[0] = UB_HC_EXIT;
    MAILBOX->call[1] = 0;
    pass_turn();
    for (;;)
        for (uint64_t at = CONTROL->frames_next; at < CONTROL->ram_limit && at < 4 * MB; at += 8)
            *(volatile uint64_t *)(UB_DIRECT_MAP + at) = 0x5a5a5a5a5a5a5a5a;
}

int main(int argc, char **argv)
{
    const char *mode = argc > 1 ? argv[1] : "";
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (is(mode, "calls") && argc == 4)
        calls(argv[2], atoi(argv[3]));
    else if (is(mode, "jumps"))
        jumps();
    else if (is(mode, "foreign"))
        foreign();
    else if (is(mode, "scribble"))
        scribble((unsigned)atoi(argv[2]));
    else if (is(mode, "deaf"))
        deaf();
    else if (is(mode, "masked"))
        masked();
    else if (is(mode, "ghost"))
        ghost();
    else if (is(mode, "close")) {
        for (uint64_t fd = 0; fd < 64; fd++)
            gate(SYS_close, fd, 0, 0, 0, 0, 0);
        spin();
    } else if (is(mode, "unmap"))
        gate(SYS_munmap, 0x10000, 0x7ffffffef000 - 0x10000, 0, 0, 0, 0);
    return 0;
}
