/* SO_PASSCRED: each message tells who sent it; a false name is refused unless the sender may. */
#include "observe_passing.h"

static void say_sender(const char *what, const struct received *got, pid_t expected)
{
    say_received(what, got);
    if (got->named)
        say("expected %d user %d group %d\n", got->sender.pid == expected, got->sender.uid == getuid(),
            got->sender.gid == getgid());
}

int main(void)
{
    int line[2];
    MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, line));
    MUST(set_option(line[1], SOL_SOCKET, SO_PASSCRED, 1));
    MUST(write(line[0], "parent", 6));
    pid_t child = fork_child();
    if (child == 0) {
        MUST(write(line[0], "child", 5));
        struct ucred self = {getpid(), getuid(), getgid()};
        MUST(pass(line[0], "said", NULL, 0, &self));
        if (getuid() == 0)
            MUST(setuid(65534));
        struct ucred false_name = {getppid(), getuid(), getgid()};
        say_result("false", pass(line[0], "false", NULL, 0, &false_name));
        _exit(0);
    }
    say_status("child", reap(child));
    struct received got = take_passed(line[1], 256, 0);
    say_sender("first", &got, getpid());
    got = take_passed(line[1], 256, 0);
    say_sender("second", &got, child);
    MUST(set_option(line[1], SOL_SOCKET, SO_PASSCRED, 0));
    MUST(write(line[0], "no name", 7));
    got = take_passed(line[1], 256, 0);
    say_sender("third", &got, 0);
    return 0;
}
