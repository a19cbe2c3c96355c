/*
 * The gate: the only code whose system calls the filter lets through (filter.c), and the few that it needs. A guest that
 * jumps in here with registers of its choice can do what it may do anyhow.
 */
#include "numbers.h"

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

    .text
    .globl sandbox_go
sandbox_go:                         /* rdi: rip, rsi: rsp */
    mov     %rsi, %rsp
    jmp     *%rdi
    .section .note.GNU-stack, "", @progbits
