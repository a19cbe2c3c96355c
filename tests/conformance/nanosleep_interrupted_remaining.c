/* an interrupted nanosleep fails with EINTR and tells the time that was left. */
#include "observe.h"

static void on_alarm(int number)
{
    (void)number;
}

int main(void)
{
    handle(SIGALRM, on_alarm, 0);
    struct itimerval timer = {{0, 10000}, {0, 10000}}, off = {{0, 0}, {0, 0}};
    struct timespec wanted = {100, 0}, rest = {0, 0};
    MUST(setitimer(ITIMER_REAL, &timer, NULL));
    int result = nanosleep(&wanted, &rest), error = errno;
    MUST(setitimer(ITIMER_REAL, &off, NULL));
    errno = error;
    say_result("nanosleep", result);
    say("rest below what was asked for: %d\n", rest.tv_sec >= 50 && rest.tv_sec < 100);
    return 0;
}
