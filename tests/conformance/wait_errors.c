/* wait without children is ECHILD, bad options are EINVAL, another process is not a child. */
#include "observe.h"

int main(void)
{
    say_result("wait", wait(NULL));
    say_result("waitpid of the parent", waitpid(getppid(), NULL, 0));
    say_result("bad options", waitpid(-1, NULL, 0x100));
    return 0;
}
