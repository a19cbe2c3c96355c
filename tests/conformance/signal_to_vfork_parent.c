/* a signal sent by a vfork child to its parent runs the handler after the child is gone. */
#include "observe.h"

static volatile int count;

static void on_signal(int number)
{
    (void)number;
    count++;
}

int main(void)
{
    handle(SIGUSR1, on_signal, 0);
    pid_t self = getpid();
    pid_t child = vfork();
    if (child == 0) {
        kill(self, SIGUSR1);
        _exit(count);
    }
    MUST(child);
    say("handled %d\n", count);
    say_status("child", reap(child));
    return 0;
}
