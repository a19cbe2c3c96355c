/* waitid of a pidfd with O_NONBLOCK is EAGAIN while the child runs, and reaps it afterwards. */
#include "observe.h"

#include <sys/syscall.h>

int main(void)
{
    int p[2];
    siginfo_t info = {0};
    MUST(pipe(p));
    pid_t child = fork_child();
    if (child == 0) {
        char byte;
        _exit(read(p[0], &byte, 1) == 1 ? 4 : 0);
    }
    int fd = (int)syscall(SYS_pidfd_open, child, O_NONBLOCK);
    say_result("running", waitid((idtype_t)3, (id_t)fd, &info, WEXITED));
    say_result("not waiting", waitid((idtype_t)3, (id_t)fd, &info, WEXITED | WNOHANG));
    MUST(write(p[1], "x", 1));
    while (poll(&(struct pollfd){fd, POLLIN, 0}, 1, -1) < 1)
        continue;
    say_result("ended", waitid((idtype_t)3, (id_t)fd, &info, WEXITED));
    say("code %d status %d\n", info.si_code == CLD_EXITED, info.si_status);
    say_result("gone", waitid((idtype_t)3, (id_t)fd, &info, WEXITED));
    return 0;
}
