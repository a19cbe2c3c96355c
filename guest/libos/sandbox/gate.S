/*
 * The gate: the only code whose system calls the filter lets through (filter.c), and the few that it needs. A guest that
 * jumps in here with registers of its choice can do what it may do anyhow.
 */
#include "numbers.h"
#include "machine_entry.h"

    .section .gate, "ax"
    .balign 4096
    .globl gate_start, gate_end, gate_call, gate_return, gate_park, gate_parks, gate_slept, gate_parked
gate_start:
gate_call:                          /* rdi: number, rsi rdx rcx r8 r9 8(rsp): arguments */
    mov     %rdi, %rax
    mov     %rsi, %rdi
    mov     %rdx, %rsi
    mov     %rcx, %rdx
    mov     %r8, %r10
    mov     %r9, %r8
    mov     8(%rsp), %r9
    syscall
    ret
gate_return:                        /* where the host's signal handlers return to */
    mov     $NR_rt_sigreturn, %eax
    syscall
    ud2
/*
 * gate_park(word, seen, deadline, pending): sleeps while *word is seen, unless *pending. A kick that comes between the look
 * at pending and the call sends it to gate_parked (signals.c), so that it is not slept through.
 */
gate_park:
    mov     %rcx, %r11
    mov     %rsi, %rcx
    mov     $NR_futex, %eax
    mov     $FUTEX_WAIT_BITSET, %esi /* an absolute deadline of CLOCK_MONOTONIC */
    mov     %rdx, %r10
    mov     %ecx, %edx
    mov     $-1, %r9d
gate_parks:                         /* from here ... */
    cmpl    $0, (%r11)
    jne     gate_parked
    syscall
gate_slept:                         /* ... to here */
    ret
gate_parked:
    mov     $-EINTR, %rax
    ret
    .balign 4096
gate_end:

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

    .globl sandbox_go
sandbox_go:                         /* rdi: rip, rsi: rsp */
    mov     %rsi, %rsp
    jmp     *%rdi
    .section .note.GNU-stack, "", @progbits
