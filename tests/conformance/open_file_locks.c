/* open file description locks: against each other and record locks, until the last descriptor goes. */
#include "observe.h"

static long lock(int fd, int command, short type, off_t start, off_t length)
{
    struct flock wanted = {.l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = length};
    long result = fcntl(fd, command, &wanted);
    if (!result && (command == F_OFD_GETLK || command == F_GETLK))
        say("%s %ld+%ld pid %ld\n",
            wanted.l_type == F_RDLCK   ? "read"
            : wanted.l_type == F_WRLCK ? "write"
                                       : "none",
            (long)wanted.l_start, (long)wanted.l_len, wanted.l_pid > 0 ? 1L : (long)wanted.l_pid);
    return result;
}

int main(void)
{
    int a = open("f", O_RDWR | O_CREAT, 0600), b = open("f", O_RDWR), read_only = open("f", O_RDONLY);
    say_result("a", lock(a, F_OFD_SETLK, F_WRLCK, 0, 10));
    say_result("b", lock(b, F_OFD_SETLK, F_RDLCK, 5, 1));
    say_result("b behind", lock(b, F_OFD_SETLK, F_WRLCK, 10, 10));
    say_result("b asks", lock(b, F_OFD_GETLK, F_WRLCK, 0, 0));
    say_result("a asks", lock(a, F_OFD_GETLK, F_WRLCK, 0, 0));
    say_result("record lock", lock(a, F_SETLK, F_RDLCK, 0, 1));
    say_result("record lock asks", lock(a, F_GETLK, F_RDLCK, 0, 1));
    say_result("record lock elsewhere", lock(a, F_SETLK, F_WRLCK, 30, 10));
    say_result("a over the record lock", lock(a, F_OFD_SETLK, F_RDLCK, 30, 1));
    say_result("a asks there", lock(a, F_OFD_GETLK, F_RDLCK, 30, 1));
    say_result("read only", lock(read_only, F_OFD_SETLK, F_WRLCK, 50, 1));
    struct flock with_pid = {.l_type = F_RDLCK, .l_pid = 1};
    say_result("with a pid", fcntl(a, F_OFD_SETLK, &with_pid));

    /* A child shares the open file, and its lock outlives the parent's descriptor. */
    int p[2];
    MUST(pipe(p));
    pid_t child = fork_child();
    if (child == 0) {
        char byte;
        _exit(read(p[0], &byte, 1) == 1 && lock(a, F_OFD_SETLK, F_WRLCK, 0, 2) == 0 ? 0 : 1);
    }
    close_fd(a);
    say_result("closed here", lock(b, F_OFD_SETLK, F_WRLCK, 0, 5));
    MUST(write(p[1], "x", 1));
    say_result("waits", lock(b, F_OFD_SETLKW, F_WRLCK, 0, 5));
    reap(child);
    return 0;
}
