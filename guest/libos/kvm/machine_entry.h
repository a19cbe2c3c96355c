/* The VM as entry.S needs it. */
#define USER_CODE 0x23
#define USER_DATA 0x1b

    .macro MACHINE_HEADER
    .quad lstar_entry
    .set vector, 0
    .rept 32
    .quad trap_gates + vector * 64
    .set vector, vector + 1
    .endr
    .endm

    .macro FORK_HYPERCALL           /* rdi: flags; result in rax; the callee-saved registers stay */
    mov     $UB_HC_FORK, %eax
    out     %al, $UB_PORT
    .endm

    .macro MACHINE_HEADER_END
    .quad 0, 0, 0
    .endm
