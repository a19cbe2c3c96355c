/* Hypercalls of a sandboxed process: messages, which exchange.c passes on. */
#include "numbers.h"

/*
 * A hypercall. It is answered on a stack of the machine's own: when the monitor copies a process's memory over this
 * one's, what is on other stacks is the other's.
 */
    .text
    .balign 16
    .globl hypercall
hypercall:                          /* rdi: number, rsi rdx rcx r8 r9 8(rsp): a to f */
    mov     8(%rsp), %rax
    push    %rbx
    push    %rbp
    push    %r12
    push    %r13
    push    %r14
    push    %r15
    mov     %rdi, ub_sandbox+SANDBOX_CALL(%rip)
    mov     %rsi, ub_sandbox+SANDBOX_CALL+8(%rip)
    mov     %rdx, ub_sandbox+SANDBOX_CALL+16(%rip)
    mov     %rcx, ub_sandbox+SANDBOX_CALL+24(%rip)
    mov     %r8, ub_sandbox+SANDBOX_CALL+32(%rip)
    mov     %r9, ub_sandbox+SANDBOX_CALL+40(%rip)
    mov     %rax, ub_sandbox+SANDBOX_CALL+48(%rip)
    mov     %rsp, ub_sandbox+SANDBOX_SAVED_RSP(%rip)
    lea     sandbox_stack_top(%rip), %rsp
    call    sandbox_exchange
    mov     ub_sandbox+SANDBOX_SAVED_RSP(%rip), %rsp
    pop     %r15
    pop     %r14
    pop     %r13
    pop     %r12
    pop     %rbp
    pop     %rbx
    ret
    .section .note.GNU-stack, "", @progbits
