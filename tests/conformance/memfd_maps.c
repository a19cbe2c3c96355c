/* memfd_create makes a file without a name that can be grown, mapped and inherited. */
#include "observe.h"

int main(void)
{
    int fd = memfd_create("x", 0);
    MUST(ftruncate(fd, 4096));
    char *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    pid_t child = fork_child();
    if (child == 0) {
        MUST(pwrite(fd, "memory", 6, 10));
        _exit(0);
    }
    reap(child);
    say("%s\n", at + 10);
    struct stat status;
    MUST(fstat(fd, &status));
    say("%d %ld\n", S_ISREG(status.st_mode), (long)status.st_size);
    return 0;
}
