/*
 * Where control enters the library OS: system calls, with their way back, exceptions, the first instruction of a process.
 * Everything here runs at CPL 3 on stacks of the library OS. How an exception, or a system call that was not rewritten,
 * comes here is the machine's business (kvm/, sandbox/).
 */
#include "numbers.h"

/*
 * A system call. rcx is the return address, as `syscall` leaves it; nothing was pushed. Rewritten sites jump here,
 * others arrive through LSTAR. The program's stack is not touched, so its red zone survives.
 */
    .text
    .balign 64
    .globl syscall_entry
syscall_entry:
    mov     %rsp, %r11
    lea     syscall_stack_top(%rip), %rsp
    push    %r11
    push    %rcx
    push    %rdi
    push    %rsi
    push    %rdx
    push    %r10
    push    %r8
    push    %r9
    mov     %rax, current_syscall(%rip)
    mov     %rax, %r11
    lahf                            /* a system call preserves the flags */
    seto    %al
    mov     %eax, saved_flags(%rip)
    mov     %r11, %rax
    cmp     $UB_SYSCALL_LIMIT, %rax
    jae     unknown_call
    lea     ub_counters(%rip), %r11
    incl    (%r11, %rax, 4)
    mov     active_table(%rip), %r11
    mov     %r10, %rcx
    call    *(%r11, %rax, 8)
exit_flags:
    mov     %rax, %r11
    mov     saved_flags(%rip), %eax
    add     $0x7f, %al              /* overflows if seto found 1 */
    sahf
    mov     %r11, %rax
    .globl exit_check, exit_jump
exit_check:                         /* from here to exit_jump may be run again from the start: it only loads, and keeps the flags */
    mov     ub_control+CONTROL_PENDING(%rip), %ecx
    jrcxz   exit_restore
    jmp     exit_slow
exit_restore:
    mov     C_R9(%rsp), %r9
    mov     C_R8(%rsp), %r8
    mov     C_R10(%rsp), %r10
    mov     C_RDX(%rsp), %rdx
    mov     C_RSI(%rsp), %rsi
    mov     C_RDI(%rsp), %rdi
    mov     C_RIP(%rsp), %rcx
    mov     C_RSP(%rsp), %rsp
exit_jump:
    jmp     *%rcx
unknown_call:
    mov     $-ENOSYS, %rax
    jmp     exit_flags

/* Signals may be due: lay out all registers, let C decide, then leave as after an exception. */
exit_slow:
    lea     -FRAME_SIZE(%rsp), %rsp
    pushfq
    popq    R_RFLAGS(%rsp)
    mov     %rax, R_RAX(%rsp)
    mov     %rbx, R_RBX(%rsp)
    mov     %rbp, R_RBP(%rsp)
    mov     %r12, R_R12(%rsp)
    mov     %r13, R_R13(%rsp)
    mov     %r14, R_R14(%rsp)
    mov     %r15, R_R15(%rsp)
    movq    $0x202, R_R11(%rsp)
    mov     FRAME_SIZE+C_R9(%rsp), %rax
    mov     %rax, R_R9(%rsp)
    mov     FRAME_SIZE+C_R8(%rsp), %rax
    mov     %rax, R_R8(%rsp)
    mov     FRAME_SIZE+C_R10(%rsp), %rax
    mov     %rax, R_R10(%rsp)
    mov     FRAME_SIZE+C_RDX(%rsp), %rax
    mov     %rax, R_RDX(%rsp)
    mov     FRAME_SIZE+C_RSI(%rsp), %rax
    mov     %rax, R_RSI(%rsp)
    mov     FRAME_SIZE+C_RDI(%rsp), %rax
    mov     %rax, R_RDI(%rsp)
    mov     FRAME_SIZE+C_RIP(%rsp), %rax
    mov     %rax, R_RCX(%rsp)
    mov     %rax, R_RIP(%rsp)
    mov     FRAME_SIZE+C_RSP(%rsp), %rax
    mov     %rax, R_RSP(%rsp)
    mov     %rsp, %rdi
    mov     current_syscall(%rip), %rsi
    lea     syscall_entry(%rip), %rdx
    call    signal_deliver
    jmp     trap_check

/* The first instruction of a program: rsp is the monitor's choice of stack. */
    .globl libos_start
libos_start:
    lea     syscall_stack_top(%rip), %rsp
    call    tables_patch
    mov     $XSAVED, %eax
    xor     %edx, %edx
    xrstor64 xsave_initial(%rip)
    xor     %eax, %eax
    wrfsbase %rax
    wrgsbase %rax
    call    calls_start
    lea     trap_handlers(%rip), %rdi
    call    process_start           /* returns the initial register set, to be entered like a signal's return */
    mov     %rax, %rsp
    jmp     trap_check

    .set TRAP_TOP, ub_trap + UB_PAGE
/* CPL 3 handlers: rsp is free space of the trap stack. */
    .macro HANDLER vector
    .balign 16
trap_\vector:
    sub     $FRAME_SIZE, %rsp
    movq    $\vector, F_VECTOR(%rsp)
    .if \vector == 8 || (\vector >= 10 && \vector <= 14) || \vector == 17 || \vector == 21 || \vector == 29 || \vector == 30
    pushq   TRAP_TOP-48(%rip)
    popq    F_ERROR(%rsp)
    .else
    movq    $0, F_ERROR(%rsp)
    .endif
    jmp     trap_common
    .endm
    .irp v, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    HANDLER \v
    .endr
    .balign 16
    .globl trap_monitor
trap_monitor:
    sub     $FRAME_SIZE, %rsp
    movq    $TRAP_MONITOR, F_VECTOR(%rsp)
    movq    $0, F_ERROR(%rsp)

trap_common:
    mov     %rbx, R_RBX(%rsp)
    mov     %rcx, R_RCX(%rsp)
    mov     %rdx, R_RDX(%rsp)
    mov     %rsi, R_RSI(%rsp)
    mov     %rdi, R_RDI(%rsp)
    mov     %rbp, R_RBP(%rsp)
    mov     %r8, R_R8(%rsp)
    mov     %r9, R_R9(%rsp)
    mov     %r10, R_R10(%rsp)
    mov     %r11, R_R11(%rsp)
    mov     %r12, R_R12(%rsp)
    mov     %r13, R_R13(%rsp)
    mov     %r14, R_R14(%rsp)
    mov     %r15, R_R15(%rsp)
    mov     ub_trap+TRAP_RAX(%rip), %rax
    mov     %rax, R_RAX(%rsp)
    mov     ub_trap+TRAP_ADDRESS(%rip), %rax
    mov     %rax, F_ADDRESS(%rsp)
    mov     TRAP_TOP-40(%rip), %rax
    mov     %rax, R_RIP(%rsp)
    mov     TRAP_TOP-24(%rip), %rax
    mov     %rax, R_RFLAGS(%rsp)
    mov     TRAP_TOP-16(%rip), %rax
    mov     %rax, R_RSP(%rsp)
    cld
    mov     %rsp, %rdi
    lea     trap(%rip), %rax
    call    call_with_trap_stack
    jmp     trap_check

    .bss
saved_flags: .skip 8

    .section .rodata
    .balign 64
xsave_initial:                      /* XSTATE_BV 0: everything in its initial state */
    .word   0x37f
    .skip   22
    .long   0x1f80, 0xffff
    .skip   4096-32
trap_handlers:
    .irp v, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    .quad trap_\v
    .endr
    .quad trap_monitor
    .section .note.GNU-stack, "", @progbits
