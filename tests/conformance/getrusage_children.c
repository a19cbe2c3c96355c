/* the CPU time of a child counts in its parent after it was waited for, not before. */
#include "observe.h"

static double spent(int who)
{
    struct rusage usage;
    MUST(getrusage(who, &usage));
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

int main(void)
{
    int ends[2];
    make_pipe(ends);
    pid_t child = fork_child();
    if (child == 0) {
        while (spent(RUSAGE_SELF) < 0.03)
            opaque(0);
        close_fd(ends[1]);
        _exit(0);
    }
    close_fd(ends[1]);
    take_byte(ends[0]);
    say("before wait: %d\n", spent(RUSAGE_CHILDREN) > 0);
    reap(child);
    say("after wait: %d\n", spent(RUSAGE_CHILDREN) >= 0.029);
    return 0;
}
