/* closing any descriptor of a file drops the process's record locks on it; forked children have none. */
#include "observe_files.h"

static int locked_by_other(int fd)
{
    struct flock probe = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    MUST(fcntl(fd, F_GETLK, &probe));
    return probe.l_type != F_UNLCK;
}

static int seen_by_child(int fd)
{
    pid_t child = fork_child();
    if (child == 0)
        _exit(locked_by_other(fd));
    return WEXITSTATUS(reap(child));
}

int main(void)
{
    int fd = open("f", O_RDWR | O_CREAT, 0600), read_only = open("f", O_RDONLY);
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 100};
    MUST(fcntl(fd, F_SETLK, &lock));
    say("own lock conflicts with itself %d, with a child %d\n", locked_by_other(read_only),
        seen_by_child(fd));
    lock.l_type = F_UNLCK;
    lock.l_start = 40;
    lock.l_len = 20;
    MUST(fcntl(fd, F_SETLK, &lock));
    pid_t child = fork_child();
    if (child == 0) {
        struct flock inner = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 40, .l_len = 20};
        say_result("the middle", fcntl(fd, F_SETLK, &inner));
        inner.l_len = 21;
        say_result("one more", fcntl(fd, F_SETLK, &inner));
        _exit(0);
    }
    reap(child);
    say_result("write lock by read-only", fcntl(read_only, F_SETLK, &(struct flock){.l_type = F_WRLCK}));
    close_fd(read_only);
    say("after closing another descriptor %d\n", seen_by_child(fd));
    say_result("bad type", fcntl(fd, F_SETLK, &(struct flock){.l_type = 77}));
    say_result("lockf", lockf(fd, F_TLOCK, 10));
    say("lockf seen %d\n", seen_by_child(fd));
    say_result("lockf test of own", lockf(fd, F_TEST, 0));
    return 0;
}
