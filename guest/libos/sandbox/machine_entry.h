/* The sandboxed host process as entry.S needs it: selectors are those of the host's user code. */
#define USER_CODE 0x33
#define USER_DATA 0x2b

    .macro MACHINE_HEADER           /* no system call entry and no gates: signals of the host bring both */
    .skip   33 * 8
    .endm

    .macro FORK_HYPERCALL           /* rdi: flags; result in rax; the callee-saved registers stay */
    mov     %rdi, %rsi
    mov     $UB_HC_FORK, %edi
    call    hypercall
    .endm

    .macro MACHINE_HEADER_END
    .quad sandbox_start, gate_start, gate_end
    .endm
