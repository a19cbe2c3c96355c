/* MAP_SHARED anonymous memory is one memory for parent and children. */
#include "observe.h"

int main(void)
{
    int *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    shared[0] = 1;
    for (int i = 1; i <= 4; i++) {
        pid_t child = fork_child();
        if (child == 0) {
            shared[i] = shared[i - 1] * 10;
            _exit(0);
        }
        reap(child);
    }
    say("%d %d %d\n", shared[0], shared[1], shared[4]);
    return 0;
}
