/* a process that kills itself has that signal as its status. */
#include "observe.h"

int main(void)
{
    say("before\n");
    MUST(kill(getpid(), SIGTERM));
    say("not reached\n");
    return 0;
}
