/* Exceptions: page faults that memory.c repairs, those of copies, which end the copy, and those that become signals. */
#include "libos.h"

/*
 * Programs linked before there was a vDSO call addresses of the kernel for the time. Linux has not run code
 * there for long either: it sees the fault, makes the system call and returns to who called.
 */
#define VSYSCALL_PAGE 0xffffffffff600000UL
#define VSYSCALL_STEP 0x400UL

long sys_gettimeofday(u64 user, u64 zone);
long sys_time(u64 user);
long sys_getcpu(u64 cpu, u64 node);

static bool vsyscall(struct trap_frame *frame)
{
    struct ub_registers *registers = &frame->registers;
    u64 call = (registers->rip - VSYSCALL_PAGE) / VSYSCALL_STEP, caller;
    if (frame->vector != TRAP_PAGE_FAULT || frame->address != registers->rip ||
        registers->rip < VSYSCALL_PAGE || registers->rip % VSYSCALL_STEP || call > 2 ||
        copy_in(&caller, registers->rsp, sizeof caller))
        return false;
    registers->rax = (u64)(call == 0   ? sys_gettimeofday(registers->rdi, registers->rsi)
                           : call == 1 ? sys_time(registers->rdi)
                                       : sys_getcpu(registers->rdi, registers->rsi));
    registers->rip = caller;
    registers->rsp += sizeof caller;
    return true;
}

/* An exception at CPL 3; entry.S has saved the registers and will load them again. */
void trap(struct trap_frame *frame)
{
    u64 rip = frame->registers.rip;
    bool ours = rip >= (u64)libos_text_start && rip < (u64)libos_text_end;
    if (frame->vector == TRAP_MONITOR)
        return; /* the way back looks for signals */
    enum memory_verdict verdict = frame->vector != TRAP_PAGE_FAULT ? MEMORY_REFUSED
                                  : frame->error & UB_FAULT_BEYOND_FILE
                                      ? MEMORY_BEYOND_FILE
                                      : memory_fault(frame->address, frame->error);
    if (verdict == MEMORY_RETRY) {
        translations_wanted(frame->address, frame->error);
        return;
    }
    if (verdict == MEMORY_EXHAUSTED)
        process_exit(SIGKILL);
    if (rip >= (u64)usercopy_start && rip < (u64)usercopy_end) {
        frame->registers.rip = (u64)usercopy_fault;
        return;
    }
    if (ours)
        process_crash(frame, SIGSEGV);
    if (vsyscall(frame))
        return;
    switch (frame->vector) {
    case 0:
        signal_fault(frame, SIGFPE, FPE_INTDIV, rip);
        break;
    case 1:
        signal_fault(frame, SIGTRAP, TRAP_TRACE, rip);
        break;
    case 3:
        signal_fault(frame, SIGTRAP, SI_KERNEL, 0);
        break;
    case 6:
        signal_fault(frame, SIGILL, ILL_ILLOPN, rip);
        break;
    case TRAP_PAGE_FAULT:
        if (verdict == MEMORY_BEYOND_FILE)
            signal_fault(frame, SIGBUS, BUS_ADRERR, frame->address);
        else
            signal_fault(frame, SIGSEGV,
                         frame->error & 1 || memory_mapped(frame->address) ? SEGV_ACCERR : SEGV_MAPERR,
                         frame->address);
        break;
    case 16:
    case 19:
        signal_fault(frame, SIGFPE, FPE_FLTINV, rip);
        break;
    case 12:
    case 17:
        signal_fault(frame, SIGBUS, frame->vector == 17 ? BUS_ADRALN : SI_KERNEL, 0);
        break;
    default:
        signal_fault(frame, SIGSEGV, SI_KERNEL, 0);
        break;
    }
}
