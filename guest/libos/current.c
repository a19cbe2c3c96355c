/* The system call that is being served: the entry code writes it down, the table above hands down who serves it. */
#include "libos.h"

u64 current_syscall;
syscall_function *const *active_table;
syscall_function *const *whole_table;
