/* /dev/zero, mapped privately or shared, is zeroed memory. */
#include "observe.h"

int main(void)
{
    int fd = open("/dev/zero", O_RDWR);
    MUST(fd);
    char *own = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    char *shared = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    MUST(own == MAP_FAILED || shared == MAP_FAILED ? -1 : 0);
    close_fd(fd);
    pid_t child = fork_child();
    if (child == 0) {
        own[5000] = 1;
        shared[5000] = 2;
        _exit(0);
    }
    say_status("child", reap(child));
    say("%d %d %d\n", own[0], own[5000], shared[5000]);
    return 0;
}
