/* a pidfd becomes readable when its process ends; it takes signals, and waitid takes it. */
#include "observe.h"
#include <sys/syscall.h>

static int open_process(pid_t pid)
{
    return (int)syscall(SYS_pidfd_open, pid, 0);
}

int main(void)
{
    pid_t child = fork_child();
    if (child == 0) {
        pause();
        _exit(1);
    }
    int fd = open_process(child);
    MUST(fd);
    say("closed by exec: %d\n", fcntl(fd, F_GETFD));
    struct pollfd ended = {.fd = fd, .events = POLLIN};
    say_result("poll", poll(&ended, 1, 0));
    say_result("signal 0", syscall(SYS_pidfd_send_signal, fd, 0, NULL, 0));
    say_result("SIGTERM", syscall(SYS_pidfd_send_signal, fd, SIGTERM, NULL, 0));
    say_result("poll", poll(&ended, 1, -1));
    siginfo_t info;
    int another = open_process(child);
    ended.fd = another;
    say_result("poll of a zombie's", poll(&ended, 1, -1));
    say_result("waitid", waitid(P_PIDFD, (id_t)fd, &info, WEXITED));
    say("code %d, status %d\n", info.si_code, info.si_status);
    say_result("again", waitid(P_PIDFD, (id_t)fd, &info, WEXITED));
    say_result("signal", syscall(SYS_pidfd_send_signal, fd, SIGTERM, NULL, 0));
    say_result("nobody", open_process(child));
    say_result("no process", syscall(SYS_pidfd_send_signal, STDIN_FILENO, SIGTERM, NULL, 0));
    return 0;
}
