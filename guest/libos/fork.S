/* The instruction at which one process becomes two. */
#include "numbers.h"
#include "machine_entry.h" /* FORK_HYPERCALL */

    .text
/*
 * fork. The C callee-saved registers are the program's here; they and the return path lie on the system call stack,
 * which the child's copy of memory has too. The monitor starts the child at fork_child with this stack pointer.
 */
    .globl fork_call
fork_call:                          /* rdi: flags for the monitor */
    push    %rbx
    push    %rbp
    push    %r12
    push    %r13
    push    %r14
    push    %r15
    sub     $8, %rsp
    push    %rdi
    sub     $8, %rsp
    mov     %rsp, ub_control+CONTROL_FORK_RSP(%rip)
    mov     $XSAVED, %eax
    xor     %edx, %edx
    xsave64 xsave_area(%rip)
    rdfsbase %rax
    mov     %rax, fork_fs(%rip)
    rdgsbase %rax
    mov     %rax, fork_gs(%rip)
    mov     (8)(%rsp), %rdi
    FORK_HYPERCALL
    mov     %rax, %rbx
    call    tables_patch            /* a vfork child may have changed them */
    mov     %rbx, %rax
fork_return:
    add     $24, %rsp
    pop     %r15
    pop     %r14
    pop     %r13
    pop     %r12
    pop     %rbp
    pop     %rbx
    ret
    .globl fork_child
fork_child:
    call    tables_patch
    mov     $XSAVED, %eax
    xor     %edx, %edx
    xrstor64 xsave_area(%rip)
    mov     fork_fs(%rip), %rax
    wrfsbase %rax
    mov     fork_gs(%rip), %rax
    wrgsbase %rax
    call    process_forked
    xor     %eax, %eax
    jmp     fork_return

    .bss
    .balign 8
fork_fs: .skip 8
fork_gs: .skip 8
    .section .note.GNU-stack, "", @progbits
