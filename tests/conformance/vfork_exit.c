/* vfork's parent goes on when the child has exited, and gets its status. */
#include "observe.h"

int main(void)
{
    pid_t child = vfork();
    MUST(child);
    if (child == 0)
        _exit(6);
    say_status("child", reap(child));
    return 0;
}
