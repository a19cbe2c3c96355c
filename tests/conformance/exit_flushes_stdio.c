/* exit flushes stdio once; what a child's _exit leaves in its copy of the buffer is lost. */
#include "observe.h"

int main(void)
{
    setvbuf(stdout, NULL, _IOFBF, 4096);
    printf("buffered before fork\n");
    pid_t child = fork_child();
    if (child == 0) {
        printf("lost in the child\n");
        _exit(0);
    }
    reap(child);
    printf("after fork\n");
    return 0;
}
