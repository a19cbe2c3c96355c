/*
 * `cpuid`, rewritten: the hypervisors below answer each in 1 to 30 us, and a C library's start asks some thirty times. Nothing but
 * the four results changes, not even the flags. It may be interrupted anywhere, as the program's own code: it leaves the red zone
 * alone and takes what it needs from the stack behind that.
 */
#include "numbers.h"

    .section .outside, "ax", @progbits
    .balign 64
    .globl cpuid_entry
cpuid_entry:                        /* eax, ecx: leaf and subleaf; rdx: where to go on; rbx: a result */
    lea     -128(%rsp), %rsp
    push    %rdx
    pushfq
    push    %rsi
    movabs  $UB_CPUID, %rbx
    mov     (%rbx), %esi
    add     $CPUID_LEAVES, %rbx
next:
    sub     $1, %esi
    jb      unknown
    cmp     (%rbx), %eax
    jne     other
    cmp     LEAF_SUBLEAF(%rbx), %ecx
    je      found
    cmpl    $UB_CPUID_ANY, LEAF_SUBLEAF(%rbx)
    je      found
other:
    add     $LEAF_SIZE, %rbx
    jmp     next
found:
    mov     LEAF_EAX(%rbx), %eax
    mov     LEAF_ECX(%rbx), %ecx
    mov     LEAF_EDX(%rbx), %edx
    mov     LEAF_EBX(%rbx), %ebx
    jmp     leave
unknown:
    cpuid
leave:
    pop     %rsi
    popfq
    ret     $128
    .section .note.GNU-stack, "", @progbits
