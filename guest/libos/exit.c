/* How a process ends. */
#include "libos.h"

void process_exit(int word)
{
    robust_list_exit();
    for (;;)
        HC1(UB_HC_EXIT, word);
}

int process_killed(int number)
{
    const u64 dumping = 1UL << SIGQUIT | 1UL << SIGILL | 1UL << SIGTRAP | 1UL << SIGABRT | 1UL << SIGBUS |
                        1UL << SIGFPE | 1UL << SIGSEGV | 1UL << SIGXCPU | 1UL << SIGXFSZ | 1UL << SIGSYS;
    return number | ((dumping >> number & 1) && limits[RLIMIT_CORE].current >= UB_PAGE ? CORE_DUMPED : 0);
}

void process_crash(struct trap_frame *frame, int signal)
{
    ub_control.crash_registers = frame->registers;
    ub_control.crash_vector = frame->vector;
    ub_control.crash_error = frame->error;
    ub_control.crash_address = frame->address;
    for (;;)
        HC1(UB_HC_CRASH, process_killed(signal));
}

long sys_exit(u64 code)
{
    process_exit((int)(code & 0xff) << 8);
}
