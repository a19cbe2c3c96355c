/* flock: exclusive excludes, shared shares, and a lock goes with its last descriptor. */
#include "observe.h"
#include <sys/file.h>

int main(void)
{
    int fd = open("f", O_RDWR | O_CREAT, 0600), ends[2];
    make_pipe(ends);
    MUST(flock(fd, LOCK_EX));
    pid_t child = fork_child();
    if (child == 0) {
        int own = open("f", O_RDWR);
        say_result("busy", flock(own, LOCK_SH | LOCK_NB) < 0 && errno == EWOULDBLOCK);
        send_byte(ends[1], 'x');
        say_result("waited", flock(own, LOCK_EX));
        close_fd(fd);
        _exit(0);
    }
    take_byte(ends[0]);
    MUST(flock(fd, LOCK_UN));
    reap(child);
    say_result("shared", flock(fd, LOCK_SH));
    int other = open("f", O_RDONLY);
    say_result("shared too", flock(other, LOCK_SH | LOCK_NB));
    say_result("not exclusive", flock(other, LOCK_EX | LOCK_NB) < 0);
    return 0;
}
