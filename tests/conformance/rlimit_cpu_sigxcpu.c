/* RLIMIT_CPU sends SIGXCPU at its soft limit, every second from then on, and SIGKILL at the hard one. */
#include "observe.h"

static volatile sig_atomic_t signals;

static void count(int number)
{
    signals += number == SIGXCPU;
}

static void compute(void)
{
    MUST(setrlimit(RLIMIT_CPU, &(struct rlimit){1, 3}));
    for (;;)
        ;
}

static void handle_it(void)
{
    handle(SIGXCPU, count, 0);
    MUST(setrlimit(RLIMIT_CPU, &(struct rlimit){1, 2}));
    while (!signals)
        ;
    say("told\n");
    for (;;)
        ;
}

int main(void)
{
    say_status("soft", run_child(compute));
    say_status("hard", run_child(handle_it));
    return 0;
}
