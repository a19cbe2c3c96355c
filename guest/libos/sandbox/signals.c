/*
 * Signals of the host bring what a VM's CPU brings through its gates: exceptions, system calls that were not rewritten, and
 * the monitor's kicks. A handler runs on a stack of the machine's own and changes where the interrupted code goes on: the
 * library OS is entered as a VM's exception enters it.
 */
#include "sandbox.h"

/* Registers in the host's struct ucontext. */
enum { R8, R9, R10, R11, R12, R13, R14, R15, RDI, RSI, RBP, RBX, RDX, RAX, RCX, RSP, RIP, EFL, CSGSFS, ERR, TRAPNO, OLDMASK, CR2 };
#define CONTEXT_REGISTERS 40

enum { HOST_SIGILL = 4, HOST_SIGTRAP = 5, HOST_SIGBUS = 7, HOST_SIGFPE = 8, HOST_SIGUSR1 = 10, HOST_SIGSEGV = 11, HOST_SIGSYS = 31 };
#define USER_FLAGS 0x202

extern const u8 syscall_entry[];
extern const u8 exit_check[], exit_jump[], trap_check[], trap_iret[];

static bool ours(u64 rip)
{
    return rip >= (u64)libos_text_start && rip < (u64)libos_text_end;
}

/* As the CPU does it through a gate. */
static void enter(u64 *r, u32 vector)
{
    u64 *top = (u64 *)UB_TRAP_HARDWARE_TOP; /* [error] rip cs rflags rsp ss lie below */
    ub_trap.rax = r[RAX];
    ub_trap.address = r[CR2];
    top[-6] = r[ERR];
    top[-5] = r[RIP];
    top[-3] = r[EFL];
    top[-2] = r[RSP];
    r[RIP] = ub_trap.frames[vector][0];
    r[RSP] = ub_trap.frames[vector][3];
    r[EFL] = USER_FLAGS;
}

static void on_fault(int signal, int code, u64 *r)
{
    /* A fault that the host's kernel found without the CPU, as in its page for the time, leaves the vector of the fault before. */
    u32 vector = signal == HOST_SIGSEGV && code == SI_KERNEL ? 13 : (u32)r[TRAPNO];
    if (vector == TRAP_PAGE_FAULT && signal == HOST_SIGBUS) {
        r[ERR] |= UB_FAULT_BEYOND_FILE;
    } else if (vector == TRAP_PAGE_FAULT) {
        if (translate(r[CR2], r[ERR])) {
            ub_sandbox.fills++;
            return;
        }
        /* Whether a page is present is what the tables say, not the host. */
        r[ERR] = (r[ERR] & ~1UL) | ((page_peek(r[CR2]) & UB_PTE_PRESENT) != 0);
    } else if (vector > 31) {
        vector = 13;
    }
    enter(r, vector);
}

/* `syscall` that the filter trapped: rcx and r11 as the instruction leaves them. */
static void on_call(u64 *r)
{
    r[RCX] = r[RIP];
    r[R11] = r[EFL];
    r[RIP] = (u64)syscall_entry;
}

/*
 * The monitor has something pending. If the program itself was running the library OS takes over; its own ways out, which
 * have looked already, look again.
 */
static void on_kick(u64 *r)
{
    u64 rip = r[RIP];
    __atomic_store_n(&ub_sandbox.kicked, 1, __ATOMIC_SEQ_CST);
    if (rip >= (u64)gate_parks && rip < (u64)gate_slept)
        r[RIP] = (u64)gate_parked;
    if (__atomic_load_n(&ub_sandbox.stop, __ATOMIC_SEQ_CST)) {
        if ((u64)sandbox_stack_top - r[RSP] >= UB_SANDBOX_STACK) { /* else it is about to pass its turn or to look at stop */
            r[RIP] = (u64)sandbox_stopped;
            r[RSP] = (u64)sandbox_stack_top - 8;
        }
        return;
    }
    if (!ub_control.pending)
        return;
    if (rip == (u64)exit_jump) {
        r[RIP] = r[RCX]; /* the system call is over, all registers are the program's */
    } else if (rip >= (u64)exit_check && rip < (u64)exit_jump) {
        r[RIP] = (u64)exit_check;
        return;
    } else if (rip >= (u64)trap_check && rip <= (u64)trap_iret) {
        r[RSP] += rip == (u64)trap_iret ? 40 : 0;
        r[RIP] = (u64)trap_check;
        return;
    } else if (ours(rip)) {
        return; /* it will look on its way out */
    }
    if (ub_trap.frames[TRAP_MONITOR][3] - (u64)libos_data_start > (u64)libos_bss_end - (u64)libos_data_start)
        return; /* the program has destroyed the library OS's data; it will not be helped */
    enter(r, TRAP_MONITOR);
}

static void on_signal(int signal, const int *information, u8 *context)
{
    u64 *r = (u64 *)(context + CONTEXT_REGISTERS);
    if (signal == HOST_SIGUSR1)
        on_kick(r);
    else if (signal == HOST_SIGSYS)
        on_call(r);
    else
        on_fault(signal, information[2], r);
}

void signals_install(void)
{
    static const u8 handled[] = {HOST_SIGILL, HOST_SIGTRAP, HOST_SIGBUS, HOST_SIGFPE, HOST_SIGUSR1, HOST_SIGSEGV, HOST_SIGSYS};
    struct {
        u64 stack;
        u64 flags, bytes;
    } stack = {(u64)&ub_sandbox + UB_SANDBOX_BYTES - UB_SANDBOX_STACK, 0, UB_SANDBOX_STACK};
    struct {
        void (*handler)(int, const int *, u8 *);
        u64 flags;
        const u8 *restorer;
        u64 mask;
    } action = {on_signal, 4 | 0x08000000 | 0x04000000, gate_return, ~0UL}; /* SIGINFO, ONSTACK, RESTORER */
    if (gate_call(NR_sigaltstack, (u64)&stack, 0, 0, 0, 0, 0) < 0)
        sandbox_fail(93);
    for (u32 i = 0; i < sizeof handled; i++)
        if (gate_call(NR_rt_sigaction, handled[i], (u64)&action, 0, 8, 0, 0) < 0)
            sandbox_fail(93);
    u64 none = 0;
    gate_call(NR_rt_sigprocmask, 2, (u64)&none, 0, 8, 0, 0);
}
