/*
 * Starts sandboxed processes: a nearly empty process, so that forking it is cheap, which the monitor starts once and asks for
 * each further one. A new process maps the library OS, the system page and the private memory that it was given, and enters
 * the library OS, which locks it in. This program reaps its children when the monitor says so, not before: a process id that the
 * monitor knows is never somebody else's.
 *
 * No libc: what such a process must not have it never gets.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../abi/unibench_abi.h"
#include "launcher.h"

typedef uint64_t u64;
typedef uint32_t u32;

enum {
    NR_close = 3,
    NR_mmap = 9,
    NR_munmap = 11,
    NR_rt_sigprocmask = 14,
    NR_madvise = 28,
    NR_dup2 = 33,
    NR_getpid = 39,
    NR_sendto = 44,
    NR_recvmsg = 47,
    NR_fork = 57,
    NR_execve = 59,
    NR_exit = 60,
    NR_wait4 = 61,
    NR_kill = 62,
    NR_getppid = 110,
    NR_personality = 135,
    NR_prctl = 157,
    NR_setrlimit = 160,
    NR_close_range = 436
};
#define SOCKET 3 /* to the monitor */
#define SPARE 64 /* descriptors from here on are free while others are put into place */

static long call(long number, u64 a, u64 b, u64 c, u64 d, u64 e, u64 f)
{
    register u64 r10 __asm__("r10") = d;
    register u64 r8 __asm__("r8") = e;
    register u64 r9 __asm__("r9") = f;
    long result;
    __asm__ volatile("syscall" : "=a"(result) : "0"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9) : "rcx", "r11", "memory");
    return result;
}

static void fail(int status)
{
    for (;;)
        call(NR_exit, (u64)status, 0, 0, 0, 0, 0);
}

static void map(u64 address, u64 bytes, u64 protection, int descriptor, u64 offset)
{
    enum { SHARED = 1, FIXED = 0x10, POPULATE = 0x8000, WRITE = 2 };
    u64 flags = SHARED | FIXED | (protection & WRITE ? 0 : POPULATE); /* what is there already costs least at once */
    if (bytes && call(NR_mmap, address, bytes, protection, flags, (u64)descriptor, offset) != (long)address)
        fail(91);
}

/* What the first process will write to, so that it does not fault there. Kernels before 5.14 refuse, and it does. */
static void touch(u64 address, u64 bytes)
{
    enum { POPULATE_WRITE = 23 };
    call(NR_madvise, address, bytes, POPULATE_WRITE, 0, 0, 0);
}

static struct launcher_setup setup;
static int libos, system_page; /* files that all processes map */
extern const char image_start[], image_end[];

/* In the new process. memory: its private memory, socket: where its descriptors come from. */
static void become(int memory, int socket)
{
    enum { READ = 1, WRITE = 2, EXECUTE = 4, DEATH_SIGNAL = 1, SIGKILL = 9, CORE = 4, FILES = 7, ADDRESSES = 9 };
    u64 none[2] = {0, 0}, files[2] = {2048, 2048};
    /* Twice the memory that extents can be, and more: a guest that maps without end costs the host page tables. */
    u64 addresses[2] = {160UL << 30, 160UL << 30};
    call(NR_prctl, DEATH_SIGNAL, SIGKILL, 0, 0, 0, 0);
    if (call(NR_getppid, 0, 0, 0, 0, 0, 0) != setup.launcher)
        fail(90); /* it died before it could kill us */
    call(NR_setrlimit, CORE, (u64)none, 0, 0, 0, 0);
    call(NR_setrlimit, FILES, (u64)files, 0, 0, 0, 0);
    call(NR_setrlimit, ADDRESSES, (u64)addresses, 0, 0, 0, 0);
    map(UB_LIBOS_TEXT, setup.text_bytes, READ | EXECUTE, libos, 0);
    map(UB_LIBOS_TEXT + setup.text_bytes, setup.constant_bytes, READ, libos, setup.text_bytes);
    map(UB_SYSTEM_PAGE, setup.system_bytes, READ, system_page, 0);
    map(UB_SANDBOX, UB_SANDBOX_BYTES, READ | WRITE, memory, 0);
    map(UB_LIBOS_PRIVATE, setup.private_bytes, READ | WRITE, memory, UB_SANDBOX_BYTES);
    touch(UB_SANDBOX, UB_PAGE);
    touch(UB_SANDBOX + UB_SANDBOX_BYTES - UB_SANDBOX_STACK - UB_PAGE, UB_PAGE);
    touch(UB_LIBOS_PRIVATE, UB_BOUNCE_OFFSET);
    touch(UB_LIBOS_PRIVATE + UB_DESCRIPTORS_OFFSET, UB_PAGE);
    touch(UB_LIBOS_PRIVATE + UB_LIBOS_DATA_OFFSET, setup.private_bytes - UB_LIBOS_DATA_OFFSET);
    call(NR_dup2, (u64)memory, SPARE, 0, 0, 0, 0);
    call(NR_dup2, (u64)socket, UB_SANDBOX_SOCKET, 0, 0, 0, 0);
    call(NR_dup2, SPARE, UB_SANDBOX_MEMORY, 0, 0, 0, 0);
    call(NR_close_range, UB_SANDBOX_MEMORY + 1, ~0U, 0, 0, 0, 0);
    call(NR_close_range, 0, UB_SANDBOX_SOCKET - 1, 0, 0, 0, 0);
    u64 stack = UB_SANDBOX + UB_SANDBOX_BYTES - UB_SANDBOX_STACK;
    __asm__ volatile("mov %0, %%rsp; call *%1; ud2" ::"r"(stack), "r"(setup.start), "D"(image_start), "S"(image_end) : "memory");
    __builtin_unreachable();
}

static void answer(long value)
{
    call(NR_sendto, SOCKET, (u64)&value, sizeof value, 0, 0, 0);
}

/* A message of the monitor and the descriptors with it; ends this process when the monitor is gone. */
static void receive(struct launcher_request *request, int *descriptors)
{
    struct {
        void *base;
        u64 bytes;
    } vector = {request, sizeof *request};
    struct {
        u64 length;
        u32 level, type;
        int descriptors[2];
    } control;
    struct {
        void *name;
        u64 name_bytes;
        void *vectors;
        u64 vector_count;
        void *control;
        u64 control_bytes;
        u64 flags;
    } message = {0, 0, &vector, 1, &control, sizeof control, 0};
    long got = call(NR_recvmsg, SOCKET, (u64)&message, 0, 0, 0, 0);
    if (got != sizeof *request)
        fail(got == 0 ? 0 : 89);
    descriptors[0] = control.descriptors[0];
    descriptors[1] = control.descriptors[1];
}

/* Kernels seal the vDSO if they were configured so: all around it goes. False: something is left. */
static bool unmap(u64 start, u64 end)
{
    if (start >= end || !call(NR_munmap, start, end - start, 0, 0, 0, 0))
        return true;
    u64 middle = start + (end - start) / 2 / UB_PAGE * UB_PAGE;
    if (middle == start)
        return false;
    bool lower = unmap(start, middle), upper = unmap(middle, end);
    return lower && upper;
}

/*
 * Of this process nothing stays but this program: no stack, no vDSO, no environment. What cannot go is to lie where no guest
 * has anything: between its stack and the library OS, which is where the kernel puts it in processes without randomized addresses.
 */
static void clear_address_space(void)
{
    enum { NO_RANDOMIZATION = 0x0040000, ASK = 0xffffffff };
    const u64 low = 0x10000, end = 0x7ffffffff000, image_pages_end = ((u64)image_end + UB_PAGE - 1) & ~(u64)(UB_PAGE - 1);
    static const char *const arguments[] = {"unibench-launcher", 0};
    unmap(UB_STACK_TOP, UB_LIBOS_TEXT);
    if (unmap(low, (u64)image_start) && unmap(image_pages_end, UB_STACK_TOP) && unmap(UB_LIBOS_TEXT, end))
        return;
    long persona = call(NR_personality, ASK, 0, 0, 0, 0, 0);
    if (persona >= 0 && !(persona & NO_RANDOMIZATION)) {
        call(NR_personality, (u64)persona | NO_RANDOMIZATION, 0, 0, 0, 0, 0);
        call(NR_execve, (u64) "/proc/self/exe", (u64)arguments, (u64)(arguments + 1), 0, 0, 0);
    }
    fail(92);
}

__attribute__((used)) static void serve(void)
{
    int descriptors[2];
    struct launcher_request request;
    u64 all = ~0UL;
    call(NR_rt_sigprocmask, 2, (u64)&all, 0, sizeof all, 0, 0); /* a process may be kicked before it has handlers; it unblocks */
    clear_address_space();
    receive(&request, descriptors);
    setup = request.setup;
    setup.launcher = (int64_t)call(NR_getpid, 0, 0, 0, 0, 0, 0);
    libos = descriptors[0];
    system_page = descriptors[1];
    for (;;) {
        receive(&request, descriptors);
        if (request.kind == LAUNCHER_NEW) {
            long pid = call(NR_fork, 0, 0, 0, 0, 0, 0);
            if (pid == 0)
                become(descriptors[0], descriptors[1]);
            call(NR_close, (u64)descriptors[0], 0, 0, 0, 0, 0);
            call(NR_close, (u64)descriptors[1], 0, 0, 0, 0, 0);
            answer(pid);
        } else {
            call(NR_kill, (u64)request.pid, 9, 0, 0, 0, 0);
            int status = 0;
            call(NR_wait4, (u64)request.pid, (u64)&status, 0, 0, 0, 0);
            answer(status);
        }
    }
}

__attribute__((used, aligned(16))) static char stack[16384];

__attribute__((naked, noreturn)) void _start(void)
{
    __asm__ volatile("lea stack+16384(%rip), %rsp; call serve; ud2");
}
