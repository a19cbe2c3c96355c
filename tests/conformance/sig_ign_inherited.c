/* an ignored signal stays ignored in a forked child; a caught one is caught there too. */
#include "observe.h"

static void on_signal(int number)
{
    say("caught: %d\n", number == SIGUSR2);
}

int main(void)
{
    handle(SIGUSR1, SIG_IGN, 0);
    handle(SIGUSR2, on_signal, 0);
    pid_t child = fork_child();
    if (child == 0) {
        raise(SIGUSR1);
        say("SIGUSR1 ignored\n");
        raise(SIGUSR2);
        _exit(0);
    }
    say_status("child", reap(child));
    return 0;
}
