/* a blocked read of a signalfd is woken by a child's end. */
#include "observe.h"

#include <sys/signalfd.h>

int main(void)
{
    sigset_t set = set_of(SIGCHLD);
    struct signalfd_siginfo info;
    MUST(sigprocmask(SIG_BLOCK, &set, NULL));
    int fd = signalfd(-1, &set, SFD_CLOEXEC);
    MUST(fd);
    for (int i = 0; i < 3; i++) {
        pid_t child = fork_child();
        if (child == 0)
            _exit(40 + i);
        say_result("read", read(fd, &info, sizeof info));
        say("SIGCHLD %d exited %d status %d pid %d\n", info.ssi_signo == SIGCHLD, info.ssi_code == CLD_EXITED,
            info.ssi_status, info.ssi_pid == (uint32_t)child);
        say_status("child", reap(child));
    }
    return 0;
}
