/* The first code of the library OS in a new process: the launcher has mapped the library OS, the system page and the private memory. */
#include "sandbox.h"

/* start, end: where the launcher is, which nobody needs any more. */
void sandbox_start(u64 start, u64 end);
void sandbox_start(u64 start, u64 end)
{
    gate_call(NR_munmap, start, end - start, 0, 0, 0, 0);
    signals_install();
    filter_install();
    sandbox_wait();
}
