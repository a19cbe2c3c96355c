/* F_GETLK tells the lock that comes first; locks that touch are one. */
#include "observe.h"

static int fd;

static void set(short type, off_t start, off_t length)
{
    struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = length};
    MUST(fcntl(fd, F_SETLK, &lock));
}

static void get(off_t start, off_t length)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = start, .l_len = length};
    MUST(fcntl(fd, F_GETLK, &lock));
    say("%s %ld+%ld\n",
        lock.l_type == F_RDLCK   ? "read"
        : lock.l_type == F_WRLCK ? "write"
                                 : "none",
        (long)lock.l_start, (long)lock.l_len);
}

static void ask(void)
{
    pid_t child = fork_child();
    if (child == 0) {
        get(0, 0);
        get(20, 0);
        get(45, 5);
        get(60, 0);
        _exit(0);
    }
    reap(child);
    say("--\n");
}

int main(void)
{
    fd = open("locked", O_RDWR | O_CREAT, 0600);
    set(F_WRLCK, 10, 5);
    set(F_RDLCK, 1, 5);
    set(F_WRLCK, 20, 10);
    set(F_WRLCK, 30, 10);
    set(F_RDLCK, 40, 10);
    ask();
    set(F_UNLCK, 25, 2);
    set(F_WRLCK, 60, 0);
    ask();
    set(F_WRLCK, 0, 100);
    ask();
    struct flock bad = {.l_type = F_UNLCK, .l_whence = SEEK_SET};
    say_result("F_GETLK of F_UNLCK", fcntl(fd, F_GETLK, &bad));
    close_fd(dup(fd));
    ask();
    return 0;
}
