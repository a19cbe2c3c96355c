/* a stack overflow can be handled on the alternative stack. */
#include "observe.h"

static char stack[65536];

static void on_signal(int number)
{
    say("caught SIGSEGV: %d\n", number == SIGSEGV);
    _exit(3);
}

static int overflow(int depth)
{
    volatile char page[4096];
    page[0] = (char)depth;
    return overflow(depth + 1) + page[0];
}

static void body(void)
{
    struct rlimit limit = {1 << 20, RLIM_INFINITY};
    stack_t alternative;
    memset(&alternative, 0, sizeof alternative);
    alternative.ss_sp = stack;
    alternative.ss_size = sizeof stack;
    MUST(setrlimit(RLIMIT_STACK, &limit));
    MUST(sigaltstack(&alternative, NULL));
    handle(SIGSEGV, on_signal, SA_ONSTACK);
    say("%d\n", overflow(0));
}

int main(void)
{
    say_status("child", run_child(body));
    return 0;
}
