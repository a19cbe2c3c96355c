/* a child that calls exit flushes the buffer it inherited, so the text appears twice. */
#include "observe.h"

int main(void)
{
    setvbuf(stdout, NULL, _IOFBF, 4096);
    printf("twice\n");
    pid_t child = fork_child();
    if (child == 0)
        exit(0);
    reap(child);
    return 0;
}
