/* prlimit reads and sets limits of another process of the user; RLIMIT_NPROC makes fork EAGAIN. */
#include "observe.h"

int main(void)
{
    int start[2];
    make_pipe(start);
    pid_t child = fork_child();
    if (child == 0) {
        struct rlimit own;
        take_byte(start[0]);
        MUST(getrlimit(RLIMIT_FSIZE, &own));
        say("child: %ld of %ld\n", (long)own.rlim_cur, (long)own.rlim_max);
        _exit(0);
    }
    struct rlimit limit = {1000, 2000}, old;
    say_result("set", prlimit(child, RLIMIT_FSIZE, &limit, &old));
    say("before %ld of %ld\n", (long)old.rlim_cur, (long)old.rlim_max);
    say_result("get", prlimit(child, RLIMIT_FSIZE, NULL, &old));
    say("now %ld of %ld\n", (long)old.rlim_cur, (long)old.rlim_max);
    limit = (struct rlimit){3000, 2000};
    say_result("more than its most", prlimit(child, RLIMIT_FSIZE, &limit, NULL));
    say_result("no such limit", prlimit(child, 99, NULL, &old));
    say_result("nobody", prlimit(999999, RLIMIT_FSIZE, NULL, &old));
    say_result("nowhere", prlimit(child, RLIMIT_FSIZE, (struct rlimit *)-1, NULL));
    send_byte(start[1], 0);
    say_status("child", reap(child));
    child = fork_child();
    if (child == 0) {
        if (getuid() == 0)
            MUST(setuid(65534));
        limit = (struct rlimit){0, 0};
        MUST(setrlimit(RLIMIT_NPROC, &limit));
        say_result("fork", fork());
        _exit(0);
    }
    say_status("limited", reap(child));
    return 0;
}
