/* a blocked wait is interrupted by a handler without SA_RESTART. */
#include "observe.h"

static void on_alarm(int number)
{
    (void)number;
}

int main(void)
{
    int hold[2];
    make_pipe(hold);
    handle(SIGALRM, on_alarm, 0);
    pid_t child = fork_child();
    if (child == 0) {
        close_fd(hold[1]);
        take_byte(hold[0]);
        _exit(0);
    }
    struct itimerval timer = {{0, 5000}, {0, 5000}}, off = {{0, 0}, {0, 0}};
    MUST(setitimer(ITIMER_REAL, &timer, NULL));
    int result = waitpid(child, NULL, 0), error = errno;
    MUST(setitimer(ITIMER_REAL, &off, NULL));
    errno = error;
    say_result("waitpid", result);
    close_fd(hold[1]);
    say_status("child", reap(child));
    return 0;
}
