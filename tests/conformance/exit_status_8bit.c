/* an exit status is truncated to its low 8 bits. */
#include "observe.h"

int main(void)
{
    int codes[] = {0, 1, 255, 256, 257, -1, 0x1234};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        pid_t child = fork_child();
        if (child == 0)
            exit(codes[i]);
        say_status("child", reap(child));
    }
    return 0;
}
