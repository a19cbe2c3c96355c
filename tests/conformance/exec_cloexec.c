/* descriptors with FD_CLOEXEC are closed by exec, others stay open. */
#include "observe.h"

int main(int argc, char **argv)
{
    if (argc > 1) {
        int closed = fcntl(40, F_GETFD), error = errno;
        say("40 closed: %d\n", closed < 0 && error == EBADF);
        send_byte(41, 'x');
        return 0;
    }
    int ends[2];
    make_pipe(ends);
    pid_t child = fork_child();
    if (child == 0) {
        char *const arguments[] = {argv[0], (char[]){"again"}, NULL};
        MUST(fcntl(ends[1], F_DUPFD_CLOEXEC, 40));
        MUST(dup2(ends[1], 41));
        MUST(execv("/proc/self/exe", arguments));
    }
    close_fd(ends[1]);
    say("byte: %c\n", take_byte(ends[0]));
    say("then: %d\n", take_byte(ends[0]));
    say_status("child", reap(child));
    return 0;
}
