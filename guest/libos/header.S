/* What the monitor reads of the image first: its parts, and where it enters them. */
#include "numbers.h"
#include "machine_entry.h" /* MACHINE_HEADER */

    .section .header, "a"
    .quad UB_ABI_MAGIC
    .quad UB_ABI_VERSION
    .quad libos_code_end
    .quad libos_image_end
    .quad libos_data_start, libos_data_end, libos_bss_end
    .quad libos_start
    .quad fork_child
    .quad syscall_entry
    MACHINE_HEADER
    .quad trap_monitor
    .quad exit_check
    .quad exit_jump
    .quad trap_check
    .quad trap_iret
    .quad memory_state_start, memory_state_end
    MACHINE_HEADER_END
    .quad cpuid_entry
    .quad area_count, limits, event_sets
    .section .note.GNU-stack, "", @progbits
