/* What assembly and the linker script take from the C headers: the Makefile turns this into numbers.h. */
#include "libos.h"

#define NUMBER(name, value) __asm__ volatile("-> " #name " %0" : : "i"(value))
#define SAME(name) __asm__ volatile("-> " #name " %0" : : "i"(name))

void numbers(void)
{
    SAME(UB_ABI_MAGIC);
    SAME(UB_ABI_VERSION);
    SAME(UB_PAGE);
    SAME(UB_PORT);
    SAME(UB_HC_FORK);
    SAME(UB_SYSCALL_LIMIT);
    SAME(UB_CPUID);
    NUMBER(UB_CPUID_ANY, (int)UB_CPUID_ANY);
    SAME(ENOSYS);
    SAME(EFAULT);
    SAME(EINTR);
    SAME(NR_rt_sigreturn);
    SAME(NR_futex);
    SAME(FUTEX_WAIT_BITSET);
    SAME(TRAP_PAGE_FAULT);
    SAME(TRAP_MONITOR);

    SAME(UB_LIBOS_TEXT);
    SAME(UB_SYSTEM_PAGE);
    SAME(UB_LIBOS_PRIVATE);
    SAME(UB_CONTROL_OFFSET);
    SAME(UB_COUNTERS_OFFSET);
    SAME(UB_TRAP_OFFSET);
    SAME(UB_BOUNCE_OFFSET);
    SAME(UB_SCRATCH_OFFSET);
    SAME(UB_DESCRIPTORS_OFFSET);
    SAME(UB_LIBOS_DATA_OFFSET);
    SAME(UB_SANDBOX);
    SAME(UB_SANDBOX_BYTES);
    SAME(UB_SANDBOX_STACK);

    SAME(XSAVED);
    NUMBER(CONTROL_PENDING, offsetof(struct ub_control, pending));
    NUMBER(CONTROL_FORK_RSP, offsetof(struct ub_control, fork_rsp));
    NUMBER(CONTROL_TABLES, offsetof(struct ub_control, tables_base));
    NUMBER(COUNTERS_FLUSHES, offsetof(struct ub_counters, flushes));
    NUMBER(TRAP_RAX, offsetof(struct ub_trap, rax));
    NUMBER(TRAP_ADDRESS, offsetof(struct ub_trap, address));
    NUMBER(TRAP_FRAMES, offsetof(struct ub_trap, frames));
    NUMBER(TRAP_FRAME_SIZE, sizeof ub_trap.frames[0]);
    NUMBER(SANDBOX_CALL, offsetof(struct ub_sandbox, call));
    NUMBER(SANDBOX_SAVED_RSP, offsetof(struct ub_sandbox, saved_rsp));
    NUMBER(CPUID_LEAVES, offsetof(struct ub_cpuid, leaves));
    NUMBER(LEAF_SIZE, sizeof(struct ub_cpuid_leaf));
    NUMBER(LEAF_SUBLEAF, offsetof(struct ub_cpuid_leaf, subleaf));
    NUMBER(LEAF_EAX, offsetof(struct ub_cpuid_leaf, eax));
    NUMBER(LEAF_EBX, offsetof(struct ub_cpuid_leaf, ebx));
    NUMBER(LEAF_ECX, offsetof(struct ub_cpuid_leaf, ecx));
    NUMBER(LEAF_EDX, offsetof(struct ub_cpuid_leaf, edx));

    NUMBER(CALL_FRAME_SIZE, sizeof(struct syscall_frame));
    NUMBER(C_R9, offsetof(struct syscall_frame, r9));
    NUMBER(C_R8, offsetof(struct syscall_frame, r8));
    NUMBER(C_R10, offsetof(struct syscall_frame, r10));
    NUMBER(C_RDX, offsetof(struct syscall_frame, rdx));
    NUMBER(C_RSI, offsetof(struct syscall_frame, rsi));
    NUMBER(C_RDI, offsetof(struct syscall_frame, rdi));
    NUMBER(C_RIP, offsetof(struct syscall_frame, rip));
    NUMBER(C_RSP, offsetof(struct syscall_frame, rsp));

    NUMBER(FRAME_SIZE, sizeof(struct trap_frame));
    NUMBER(F_VECTOR, offsetof(struct trap_frame, vector));
    NUMBER(F_ERROR, offsetof(struct trap_frame, error));
    NUMBER(F_ADDRESS, offsetof(struct trap_frame, address));
    NUMBER(R_RAX, offsetof(struct ub_registers, rax));
    NUMBER(R_RBX, offsetof(struct ub_registers, rbx));
    NUMBER(R_RCX, offsetof(struct ub_registers, rcx));
    NUMBER(R_RDX, offsetof(struct ub_registers, rdx));
    NUMBER(R_RSI, offsetof(struct ub_registers, rsi));
    NUMBER(R_RDI, offsetof(struct ub_registers, rdi));
    NUMBER(R_RBP, offsetof(struct ub_registers, rbp));
    NUMBER(R_RSP, offsetof(struct ub_registers, rsp));
    NUMBER(R_R8, offsetof(struct ub_registers, r8));
    NUMBER(R_R9, offsetof(struct ub_registers, r9));
    NUMBER(R_R10, offsetof(struct ub_registers, r10));
    NUMBER(R_R11, offsetof(struct ub_registers, r11));
    NUMBER(R_R12, offsetof(struct ub_registers, r12));
    NUMBER(R_R13, offsetof(struct ub_registers, r13));
    NUMBER(R_R14, offsetof(struct ub_registers, r14));
    NUMBER(R_R15, offsetof(struct ub_registers, r15));
    NUMBER(R_RIP, offsetof(struct ub_registers, rip));
    NUMBER(R_RFLAGS, offsetof(struct ub_registers, rflags));
}
