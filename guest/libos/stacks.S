/* The stacks of the library OS: of system calls, with the frame of the current one at its top, and of exceptions. */
#include "numbers.h"

    .bss
    .balign 4096
    .globl syscall_frame, syscall_stack_top
    .skip 8192
syscall_stack_top:
    .set syscall_frame, syscall_stack_top - CALL_FRAME_SIZE
    .skip 8192
    .globl trap_stack_top
trap_stack_top:
    .balign 64
    .globl xsave_area
xsave_area:
    .skip 4096
    .section .note.GNU-stack, "", @progbits
