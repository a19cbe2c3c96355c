/* a signalfd gives pending signals with number, code, sender and value, and polls readable. */
#include "observe.h"

#include <sys/signalfd.h>

int main(void)
{
    sigset_t set = set_of(SIGUSR1);
    struct signalfd_siginfo info[3];
    MUST(sigaddset(&set, SIGRTMIN));
    MUST(sigprocmask(SIG_BLOCK, &set, NULL));
    int fd = signalfd(-1, &set, SFD_NONBLOCK);
    MUST(fd);
    struct pollfd wanted = {fd, POLLIN, 0};
    say_result("poll", poll(&wanted, 1, 0));
    say_result("read", read(fd, info, sizeof info));
    MUST(sigqueue(getpid(), SIGRTMIN, (union sigval){.sival_int = 17}));
    MUST(kill(getpid(), SIGUSR1));
    say_result("poll", poll(&wanted, 1, -1));
    ssize_t n = read(fd, info, sizeof info);
    say("records %ld\n", (long)(n / (ssize_t)sizeof info[0]));
    for (int i = 0; i < 2; i++)
        say("number %d code %d self %d value %d\n", (int)info[i].ssi_signo - (i ? SIGRTMIN : 0),
            info[i].ssi_code, info[i].ssi_pid == (uint32_t)getpid(), i ? info[i].ssi_int : 0);
    say_result("too small", read(fd, info, sizeof info[0] - 1));
    return 0;
}
