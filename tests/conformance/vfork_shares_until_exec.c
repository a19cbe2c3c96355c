/* what a vfork child stores before exec or exit is seen by its parent. */
#include "observe.h"

int main(void)
{
    static volatile int shared = 1;
    pid_t child = vfork();
    if (child == 0) {
        shared = 2;
        _exit(4);
    }
    say("%d\n", shared);
    say_status("child", reap(child));
    return 0;
}
