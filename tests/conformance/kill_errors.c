/* kill of nobody is ESRCH, of a bad signal EINVAL, signal 0 only looks. */
#include "observe.h"

int main(void)
{
    pid_t child = fork_child();
    if (child == 0)
        _exit(0);
    reap(child);
    say_result("nobody", kill(child, SIGTERM));
    say_result("bad signal", kill(getpid(), 65));
    say_result("signal 0", kill(getpid(), 0));
    return 0;
}
