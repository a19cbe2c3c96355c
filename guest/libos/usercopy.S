/* Copies between the library OS and program memory. A fault in this file resumes at usercopy_fault: no stack is used here. */
#include "numbers.h"

    .text
    .balign 16
    .globl usercopy_start, usercopy_end, usercopy_fault, user_copy, user_length
usercopy_start:
user_copy:                          /* rdi to, rsi from, rdx bytes: 0 or -EFAULT */
    cmp     $16, %rdx
    ja      3f
    cmp     $8, %rdx
    jae     2f
    cmp     $1, %rdx
    jne     1f
    movzbl  (%rsi), %eax
    movb    %al, (%rdi)
    xor     %eax, %eax
    ret
1:  mov     %rdx, %rcx              /* 0, 2..7 */
    rep movsb
    xor     %eax, %eax
    ret
2:  mov     (%rsi), %rax
    mov     -8(%rsi, %rdx), %rcx
    mov     %rax, (%rdi)
    mov     %rcx, -8(%rdi, %rdx)
    xor     %eax, %eax
    ret
3:  cmp     $256, %rdx              /* rep movsb takes long to start */
    ja      5f
4:  mov     (%rsi), %rax
    mov     8(%rsi), %rcx
    mov     %rax, (%rdi)
    mov     %rcx, 8(%rdi)
    add     $16, %rsi
    add     $16, %rdi
    sub     $16, %rdx
    cmp     $16, %rdx
    ja      4b
    mov     -16(%rsi, %rdx), %rax   /* the last 1 to 16 bytes, overlapping what is done */
    mov     -8(%rsi, %rdx), %rcx
    mov     %rax, -16(%rdi, %rdx)
    mov     %rcx, -8(%rdi, %rdx)
    xor     %eax, %eax
    ret
5:  mov     %rdx, %rcx
    rep movsb
    xor     %eax, %eax
    ret
user_length:                        /* rdi text, rsi limit: bytes before the NUL, or the limit, or -EFAULT */
    xor     %eax, %eax
1:  cmp     %rsi, %rax
    jae     2f
    cmpb    $0, (%rdi, %rax)
    je      2f
    inc     %rax
    jmp     1b
2:  ret
usercopy_fault:
    mov     $-EFAULT, %rax
    ret
usercopy_end:
    .section .note.GNU-stack, "", @progbits
