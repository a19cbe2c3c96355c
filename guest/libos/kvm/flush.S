/* TLB flushes: `invlpg` and `mov cr3` want CPL 0, and int3 is the cheapest way there. */
#include "numbers.h"

    .text
    .globl flush_gate, flush_one, flush_all, flush_wanted
flush_gate:                         /* from the gate of int3 (gates.S). CPL 0, every instruction is dear: one page, or all */
    test    %rdi, %rdi
    jz      1f
    invlpg  (%rdi)
    iretq
1:  mov     ub_control+CONTROL_TABLES(%rip), %rax
    mov     %rax, %cr3
    iretq

flush_all:
    xor     %edi, %edi
flush_one:                          /* rdi: address */
    incq    ub_counters+COUNTERS_FLUSHES(%rip)
    movb    $1, flush_wanted(%rip)
    int3
    movb    $0, flush_wanted(%rip)
    ret

    .section .data.flush, "aw"
flush_wanted:
    .byte 0
    .section .note.GNU-stack, "", @progbits
