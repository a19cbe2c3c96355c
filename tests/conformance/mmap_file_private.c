/* a private mapping shows the file; writes to it stay in the process. */
#include "files.h"
#include "observe.h"

int main(void)
{
    put("f", "hello, file");
    int fd = open("f", O_RDONLY);
    char *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    close_fd(fd);
    say("%s %d\n", at, at[100]);
    memcpy(at, "HELLO", 5);
    say("%s\n", at);
    pid_t child = fork_child();
    if (child == 0) {
        memcpy(at, "child", 5);
        say("%s\n", at);
        _exit(0);
    }
    reap(child);
    say("%s\n", at);
    show("f");
    say_result("munmap", munmap(at, 4096));
    return 0;
}
