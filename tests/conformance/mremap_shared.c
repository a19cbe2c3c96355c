/* a shared mapping grown by mremap stays shared with the processes that have it. */
#include "observe.h"

int main(void)
{
    int fd = memfd_create("name", 0);
    MUST(fd);
    MUST(ftruncate(fd, 8192));
    char *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    MUST(memory == MAP_FAILED ? -1 : 0);
    memory[0] = 'a';
    memory = mremap(memory, 4096, 8192, MREMAP_MAYMOVE);
    MUST(memory == MAP_FAILED ? -1 : 0);
    pid_t child = fork_child();
    if (child == 0) {
        memory[1] = 'b';
        memory[5000] = 'c';
        _exit(0);
    }
    say_status("child", reap(child));
    say("%c%c%c\n", memory[0], memory[1], memory[5000]);
    return 0;
}
