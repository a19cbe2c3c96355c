/* signalfd gives blocked signals to read, and poll sees them. */
#include "observe.h"
#include <sys/signalfd.h>

int main(void)
{
    sigset_t set;
    MUST(sigemptyset(&set));
    MUST(sigaddset(&set, SIGUSR1));
    MUST(sigaddset(&set, SIGCHLD));
    MUST(sigprocmask(SIG_BLOCK, &set, NULL));
    int fd = signalfd(-1, &set, SFD_NONBLOCK);
    struct signalfd_siginfo info[4];
    say_result("none", read(fd, info, sizeof info));
    MUST(kill(getpid(), SIGUSR1));
    struct pollfd wait = {fd, POLLIN, 0};
    say_result("poll", poll(&wait, 1, -1));
    say_result("read", read(fd, info, sizeof info) / (long)sizeof info[0]);
    say("%d from me %d\n", info[0].ssi_signo == SIGUSR1, info[0].ssi_pid == (uint32_t)getpid());
    pid_t child = fork_child();
    if (child == 0)
        _exit(7);
    MUST(poll(&wait, 1, -1));
    MUST(read(fd, info, sizeof info));
    say("child %d status %d\n", info[0].ssi_pid == (uint32_t)child, info[0].ssi_status);
    reap(child);
    return 0;
}
