/* The way back to the program with all registers: from exceptions, to signal handlers and back from them. */
#include "numbers.h"
#include "machine_entry.h" /* USER_CODE, USER_DATA */

    .text
/* Leave through a full register set at rsp. May be run again from the start, up to iretq. */
    .globl trap_check, trap_iret
trap_check:
    cmpl    $0, ub_control+CONTROL_PENDING(%rip)
    jne     trap_slow
trap_restore:
    mov     R_RIP(%rsp), %rax       /* the frame of iretq, just below */
    mov     %rax, -40(%rsp)
    movq    $USER_CODE, -32(%rsp)
    mov     R_RFLAGS(%rsp), %rax
    mov     %rax, -24(%rsp)
    mov     R_RSP(%rsp), %rax
    mov     %rax, -16(%rsp)
    movq    $USER_DATA, -8(%rsp)
    mov     R_RAX(%rsp), %rax
    mov     R_RBX(%rsp), %rbx
    mov     R_RCX(%rsp), %rcx
    mov     R_RDX(%rsp), %rdx
    mov     R_RSI(%rsp), %rsi
    mov     R_RDI(%rsp), %rdi
    mov     R_RBP(%rsp), %rbp
    mov     R_R8(%rsp), %r8
    mov     R_R9(%rsp), %r9
    mov     R_R10(%rsp), %r10
    mov     R_R11(%rsp), %r11
    mov     R_R12(%rsp), %r12
    mov     R_R13(%rsp), %r13
    mov     R_R14(%rsp), %r14
    mov     R_R15(%rsp), %r15
    lea     -40(%rsp), %rsp
trap_iret:
    iretq
trap_slow:
    lea     libos_text_start(%rip), %rax
    cmp     %rax, R_RIP(%rsp)
    jb      1f
    lea     libos_text_end(%rip), %rax
    cmp     %rax, R_RIP(%rsp)
    jb      trap_restore            /* a fault of the library OS itself, in a copy: the system call looks on its way out */
1:
    mov     %rsp, %rbx              /* the stack of C lies below; the frame stays where it is */
    mov     %rsp, %rdi
    mov     $-1, %rsi
    lea     signal_deliver(%rip), %rax
    call    call_with_trap_stack
    mov     %rbx, %rsp
    jmp     trap_check

/* Calls rax with rdi and rsi. Faults meanwhile get the stack below this one, whose frame is still needed. */
    .globl call_with_trap_stack
call_with_trap_stack:
    lea     ub_trap+TRAP_FRAMES+TRAP_PAGE_FAULT*TRAP_FRAME_SIZE+24(%rip), %rcx
    push    (%rcx)
    lea     -1024(%rsp), %rdx
    mov     %rdx, (%rcx)
    mov     %rdx, -TRAP_FRAME_SIZE(%rcx) /* of general protection, the vector before */
    mov     %rdx, (TRAP_MONITOR-TRAP_PAGE_FAULT)*TRAP_FRAME_SIZE(%rcx)
    call    *%rax
    lea     ub_trap+TRAP_FRAMES+TRAP_PAGE_FAULT*TRAP_FRAME_SIZE+24(%rip), %rcx
    pop     %rdx
    mov     %rdx, (%rcx)
    mov     %rdx, -TRAP_FRAME_SIZE(%rcx)
    mov     %rdx, (TRAP_MONITOR-TRAP_PAGE_FAULT)*TRAP_FRAME_SIZE(%rcx)
    ret

/* rt_sigreturn: the registers come from the frame on the program's stack. */
    .globl sys_rt_sigreturn
sys_rt_sigreturn:
    sub     $FRAME_SIZE, %rsp
    mov     %rsp, %rdi
    call    signal_return
    mov     %rax, %rsp
    jmp     trap_check
    .section .note.GNU-stack, "", @progbits
