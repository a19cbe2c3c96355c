/* eventfd adds, gives all or one at a time, and blocks or not. */
#include "observe.h"
#include <sys/eventfd.h>

int main(void)
{
    uint64_t value;
    int fd = eventfd(3, EFD_NONBLOCK);
    say_result("read", read(fd, &value, 8));
    say("%lu\n", (unsigned long)value);
    say_result("empty", read(fd, &value, 8));
    value = 5;
    MUST(write(fd, &value, 8));
    MUST(write(fd, &value, 8));
    MUST(read(fd, &value, 8));
    say("%lu\n", (unsigned long)value);
    say_result("short", read(fd, &value, 4));
    int semaphore = eventfd(2, EFD_SEMAPHORE);
    MUST(read(semaphore, &value, 8));
    say("%lu\n", (unsigned long)value);
    pid_t child = fork_child();
    if (child == 0) {
        MUST(read(semaphore, &value, 8));
        MUST(read(semaphore, &value, 8));
        say("child %lu\n", (unsigned long)value);
        _exit(0);
    }
    value = 1;
    MUST(write(semaphore, &value, 8));
    say_status("child", reap(child));
    struct pollfd wait = {fd, POLLIN | POLLOUT, 0};
    MUST(poll(&wait, 1, 0));
    say("%x\n", wait.revents);
    return 0;
}
