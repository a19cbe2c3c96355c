/* record locks exclude other processes by byte ranges, are found by F_GETLK and go with the process. */
#include "observe.h"

int main(void)
{
    int fd = open("f", O_RDWR | O_CREAT, 0600), to_child[2], to_parent[2];
    make_pipe(to_child);
    make_pipe(to_parent);
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 10, .l_len = 10};
    MUST(fcntl(fd, F_SETLK, &lock));
    pid_t child = fork_child();
    if (child == 0) {
        struct flock wanted = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 15, .l_len = 1};
        say_result("conflict", fcntl(fd, F_SETLK, &wanted) < 0 && (errno == EAGAIN || errno == EACCES));
        MUST(fcntl(fd, F_GETLK, &wanted));
        say("held by parent %d, type %d, %ld+%ld\n", wanted.l_pid == getppid(), wanted.l_type,
            (long)wanted.l_start, (long)wanted.l_len);
        wanted = (struct flock){.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 20, .l_len = 0};
        say_result("beside it", fcntl(fd, F_SETLK, &wanted));
        send_byte(to_parent[1], 'x');
        wanted = (struct flock){.l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = 12, .l_len = 2};
        say_result("waited", fcntl(fd, F_SETLKW, &wanted));
        _exit(0);
    }
    take_byte(to_parent[0]);
    struct flock probe = {.l_type = F_RDLCK, .l_whence = SEEK_SET, .l_start = 100, .l_len = 1};
    MUST(fcntl(fd, F_GETLK, &probe));
    say("child holds to the end: %d %ld %ld\n", probe.l_pid == child, (long)probe.l_start, (long)probe.l_len);
    lock.l_type = F_UNLCK;
    MUST(fcntl(fd, F_SETLK, &lock));
    reap(child);
    probe = (struct flock){.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 0};
    MUST(fcntl(fd, F_GETLK, &probe));
    say("free after its end: %d\n", probe.l_type == F_UNLCK);
    return 0;
}
