/* poll, select, nanosleep, pause, sigsuspend and sigtimedwait fail with EINTR also with SA_RESTART. */
#include "observe.h"

#include <sys/select.h>
#include <sys/syscall.h>

static void on_alarm(int number)
{
    (void)number;
}

int main(void)
{
    int ends[2];
    fd_set set;
    sigset_t none, usr = set_of(SIGUSR1);
    siginfo_t info;
    make_pipe(ends);
    MUST(sigemptyset(&none));
    handle(SIGALRM, on_alarm, SA_RESTART);
    repeat_timer(ITIMER_REAL, 5);
    struct pollfd wanted = {ends[0], POLLIN, 0};
    say_result("poll", poll(&wanted, 1, -1));
    say_result("ppoll", ppoll(&wanted, 1, NULL, NULL));
    FD_ZERO(&set);
    FD_SET(ends[0], &set);
    say_result("select", select(ends[0] + 1, &set, NULL, NULL, NULL));
    say_result("nanosleep", nanosleep(&(struct timespec){1000, 0}, NULL));
    say_result("pause", pause());
    say_result("sigsuspend", sigsuspend(&none));
    /* The raw call: musl's sigtimedwait goes on after EINTR by itself. */
    say_result("rt_sigtimedwait", syscall(SYS_rt_sigtimedwait, &usr, &info, NULL, 8));
    say_result("rt_sigtimedwait", syscall(SYS_rt_sigtimedwait, &usr, &info, &(struct timespec){1000, 0}, 8));
    return 0;
}
