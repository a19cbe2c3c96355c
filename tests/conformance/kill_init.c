/* there is a process 1, and nobody but its owner may signal it. */
#include "observe.h"

int main(void)
{
    say("process 1 is there: %d\n", kill(1, 0) == 0 || errno == EPERM);
    say("and has no children here: %d\n", waitpid(1, NULL, WNOHANG) < 0 && errno == ECHILD);
    return 0;
}
