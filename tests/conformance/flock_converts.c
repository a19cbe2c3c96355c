/* flock: shared becomes exclusive when alone, opens of one process conflict, and the last close frees. */
#include "observe_files.h"

#include <sys/file.h>

int main(void)
{
    int a = open("f", O_RDWR | O_CREAT, 0600), b = open("f", O_RDONLY), copy = dup(a), ends[2];
    make_pipe(ends);
    say_result("a shared", flock(a, LOCK_SH | LOCK_NB));
    say_result("b shared", flock(b, LOCK_SH | LOCK_NB));
    say_result("a exclusive", flock(a, LOCK_EX | LOCK_NB));
    say_result("b unlocks", flock(b, LOCK_UN));
    say_result("a exclusive", flock(a, LOCK_EX | LOCK_NB));
    say_result("b shared", flock(b, LOCK_SH | LOCK_NB));
    say_result("the duplicate again", flock(copy, LOCK_EX | LOCK_NB));
    close_fd(a);
    say_result("b while the duplicate lives", flock(b, LOCK_EX | LOCK_NB));
    pid_t child = fork_child();
    if (child == 0) {
        close_fd(ends[1]);
        take_byte(ends[0]);
        _exit(0);
    }
    close_fd(copy);
    say_result("b while the child lives", flock(b, LOCK_EX | LOCK_NB));
    close_fd(ends[1]);
    reap(child);
    say_result("b at last", flock(b, LOCK_EX | LOCK_NB));
    say_result("bad operation", flock(b, 77));
    say_result("bad descriptor", flock(-1, LOCK_SH));
    return 0;
}
