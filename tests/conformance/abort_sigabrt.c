/* abort kills with SIGABRT, also when SIGABRT is blocked or its handler returns. */
#include "observe.h"

static void on_signal(int number)
{
    say("caught: %d\n", number == SIGABRT);
}

static void plain(void)
{
    abort();
}

static void caught(void)
{
    handle(SIGABRT, on_signal, 0);
    abort();
}

static void blocked(void)
{
    block(SIG_BLOCK, SIGABRT);
    abort();
}

int main(void)
{
    say_status("plain", run_child(plain));
    say_status("caught", run_child(caught));
    say_status("blocked", run_child(blocked));
    return 0;
}
