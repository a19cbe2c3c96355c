/* MAP_PRIVATE memory is copied at fork; mappings made later are each process's own. */
#include "observe.h"

int main(void)
{
    char *area = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    area[0] = 'p';
    pid_t child = fork_child();
    if (child == 0) {
        char *own = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        own[0] = 'o';
        area[0] = 'c';
        say("child: %c %c\n", area[0], own[0]);
        MUST(munmap(area, 4096));
        _exit(0);
    }
    reap(child);
    say("parent: %c\n", area[0]);
    return 0;
}
