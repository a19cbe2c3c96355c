/* with SIGCHLD ignored children leave no zombies and wait fails with ECHILD at their end. */
#include "observe.h"

int main(void)
{
    handle(SIGCHLD, SIG_IGN, 0);
    for (int i = 0; i < 3; i++) {
        if (fork_child() == 0)
            _exit(i);
    }
    say_result("wait", wait(NULL));
    return 0;
}
