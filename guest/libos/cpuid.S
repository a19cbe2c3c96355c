/*
 * `cpuid`, rewritten: the hypervisors below answer each in 1 to 30 us, and a C library's start asks some thirty times. Nothing but
 * the four results changes, not even the flags. It may be interrupted anywhere, as the program's own code: it leaves the red zone
 * alone and takes what it needs from the stack behind that.
 */
#define UB_CPUID 0x7ffff8103000

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
    add     $8, %rbx
next:
    sub     $1, %esi
    jb      unknown
    cmp     (%rbx), %eax
    jne     other
    cmp     4(%rbx), %ecx
    je      found
    cmpl    $-1, 4(%rbx)
    je      found
other:
    add     $24, %rbx
    jmp     next
found:
    mov     8(%rbx), %eax
    mov     16(%rbx), %ecx
    mov     20(%rbx), %edx
    mov     12(%rbx), %ebx
    jmp     leave
unknown:
    cpuid
leave:
    pop     %rsi
    popfq
    ret     $128
    .section .note.GNU-stack, "", @progbits
