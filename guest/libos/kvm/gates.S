/*
 * What a VM's CPU enters by itself: exception gates and the system call entry. It enters the gates at CPL 0, because only
 * there can CR2 be read; each is five instructions that leave for CPL 3 again.
 */
#include "numbers.h"
#include "machine_entry.h"

#define HOST_USER_CODE 0x33

    .text
/* LSTAR. KVM without hardware virtualisation stays at CPL 3; real hardware arrives at CPL 0 and leaves at once. */
    .balign 16
    .globl lstar_entry
lstar_entry:                        /* no instruction here may change the flags */
    mov     %rcx, lstar_return(%rip)
    mov     %r11, lstar_flags(%rip) /* the program's, where the CPU itself brought us here; `syscall` has put them there */
    lea     lstar_targets(%rip), %rcx
    mov     %cs, %r11d
    jmp     *(%rcx, %r11)
lstar_cpl0:
    lea     lstar_cpl3(%rip), %rcx
    mov     lstar_flags(%rip), %r11
    sysretq
lstar_cpl3:
    mov     lstar_return(%rip), %rcx
    jmp     syscall_entry

/*
 * Exceptions. TSS.rsp0 is the end of the trap page: the CPU pushes [error] rip cs rflags rsp ss there. The gate
 * keeps rax and CR2 in the trap page and leaves through a frame prepared for its vector.
 */
    .balign 64
    .globl trap_gates
trap_gates:
    .set vector, 0
    .rept 32
    .balign 64
    .if vector == 3                 /* int3 of the library OS itself asks for a TLB flush: see flush_one */
    cmpb    $0, flush_wanted(%rip)
    jne     flush_gate
    .endif
    mov     %rax, ub_trap+TRAP_RAX(%rip)
    .if vector == TRAP_PAGE_FAULT
    mov     %cr2, %rax
    mov     %rax, ub_trap+TRAP_ADDRESS(%rip)
    .endif
    lea     ub_trap+TRAP_FRAMES+TRAP_FRAME_SIZE*vector(%rip), %rsp
    iretq
    .set vector, vector + 1
    .endr

    .bss
lstar_return: .skip 8
lstar_flags: .skip 8

    .section .rodata
    .balign 64
lstar_targets:                      /* by code selector: 8 on hardware; without virtualization it is ours, or the one of the host's user code */
    .skip   8
    .quad   lstar_cpl0
    .skip   USER_CODE - 16
    .quad   lstar_cpl3
    .skip   HOST_USER_CODE - USER_CODE - 8
    .quad   lstar_cpl3
    .section .note.GNU-stack, "", @progbits
