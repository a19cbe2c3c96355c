/* a stopped process can be killed. */
#include "observe.h"

int main(void)
{
    int status;
    pid_t child = fork_child();
    if (child == 0) {
        raise(SIGSTOP);
        _exit(0);
    }
    MUST(waitpid(child, &status, WUNTRACED));
    say_status("child", status);
    MUST(kill(child, SIGKILL));
    say_status("child", reap(child));
    return 0;
}
