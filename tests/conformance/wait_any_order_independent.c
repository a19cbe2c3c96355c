/* wait collects every child exactly once, in whatever order they end. */
#include "observe.h"

int main(void)
{
    int codes[5] = {0}, again = 0;
    for (int i = 0; i < 5; i++) {
        if (fork_child() == 0)
            _exit(i);
    }
    for (int i = 0; i < 5; i++) {
        int status;
        MUST(wait(&status));
        again += codes[WEXITSTATUS(status) % 5]++ > 0;
    }
    say("seen twice: %d\n", again);
    say_result("sixth wait", wait(NULL));
    return 0;
}
