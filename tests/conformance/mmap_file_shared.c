/* a shared mapping writes the file, for everybody, also after its descriptor is closed. */
#include "files.h"
#include "observe.h"

int main(void)
{
    int fd = open("f", O_RDWR | O_CREAT, 0600);
    MUST(ftruncate(fd, 8192));
    char *at = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    char *again = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 4096);
    close_fd(fd);
    pid_t child = fork_child();
    if (child == 0) {
        strcpy(at, "from the child");
        strcpy(at + 4096, "second page");
        _exit(0);
    }
    reap(child);
    say("%s, %s\n", at, again);
    show("f");
    MUST(msync(at, 8192, MS_SYNC));
    fd = open("f", O_RDWR);
    MUST(pwrite(fd, "by write", 9, 0));
    say("%s\n", at);
    say_result("msync unaligned", msync(at + 1, 10, MS_SYNC));
    return 0;
}
