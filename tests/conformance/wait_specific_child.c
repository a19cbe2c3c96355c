/* waitpid of one child leaves the others for later. */
#include "observe.h"

int main(void)
{
    pid_t first = fork_child();
    if (first == 0)
        _exit(1);
    pid_t second = fork_child();
    if (second == 0)
        _exit(2);
    say_status("second", reap(second));
    say_status("first", reap(first));
    say_result("second again", waitpid(second, NULL, 0));
    return 0;
}
