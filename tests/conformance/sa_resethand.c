/* SA_RESETHAND makes a handler run once; the second signal has its default effect. */
#include "observe.h"

static void on_signal(int number)
{
    say("caught: %d\n", number == SIGUSR1);
}

static void body(void)
{
    handle(SIGUSR1, on_signal, SA_RESETHAND);
    raise(SIGUSR1);
    raise(SIGUSR1);
}

int main(void)
{
    say_status("child", run_child(body));
    return 0;
}
