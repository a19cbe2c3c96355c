/* F_OFD locks belong to the open file: two opens of one process conflict, a fork and a dup share. */
#include "observe_files.h"

static struct flock whole(short type)
{
    return (struct flock){.l_type = type, .l_whence = SEEK_SET};
}

int main(void)
{
    int a = open("f", O_RDWR | O_CREAT, 0600), b = open("f", O_RDWR);
    struct flock lock = whole(F_WRLCK);
    say_result("first", fcntl(a, F_OFD_SETLK, &lock));
    lock = whole(F_WRLCK);
    say_result("second open", fcntl(b, F_OFD_SETLK, &lock));
    lock = whole(F_RDLCK);
    MUST(fcntl(b, F_OFD_GETLK, &lock));
    say("held: type %d, pid %d\n", lock.l_type == F_WRLCK, (int)lock.l_pid);
    int copy = dup(a);
    close_fd(a);
    lock = whole(F_WRLCK);
    say_result("a duplicate keeps it", fcntl(b, F_OFD_SETLK, &lock));
    pid_t child = fork_child();
    if (child == 0) {
        struct flock mine = whole(F_UNLCK);
        say_result("child unlocks", fcntl(copy, F_OFD_SETLK, &mine));
        _exit(0);
    }
    reap(child);
    lock = whole(F_WRLCK);
    say_result("now free", fcntl(b, F_OFD_SETLK, &lock));
    close_fd(b);
    lock = whole(F_WRLCK);
    say_result("freed by close", fcntl(copy, F_OFD_SETLK, &lock));
    lock = whole(F_WRLCK);
    lock.l_pid = 1;
    say_result("with a pid", fcntl(copy, F_OFD_SETLK, &lock));
    return 0;
}
