/* setpgid: EACCES after the child's exec, EPERM for a session leader or a foreign group, ESRCH, EINVAL. */
#include "observe.h"

int main(int argc, char **argv)
{
    int ready[2], go[2];
    if (argc > 1) {
        send_byte(7, 'r');
        take_byte(8);
        return 0;
    }
    make_pipe(ready);
    make_pipe(go);
    MUST(dup2(ready[1], 7));
    MUST(dup2(go[0], 8));
    pid_t child = fork_child();
    if (child == 0) {
        char *const arguments[] = {argv[0], (char[]){"again"}, NULL};
        MUST(execv("/proc/self/exe", arguments));
    }
    take_byte(ready[0]);
    say_result("after exec", setpgid(child, child));
    send_byte(go[1], 'g');
    say_status("child", reap(child));
    child = fork_child();
    if (child == 0) {
        MUST(setsid());
        say_result("leader itself", setpgid(0, 0));
        send_byte(ready[1], 'r');
        take_byte(go[0]);
        _exit(0);
    }
    take_byte(ready[0]);
    say_result("session leader", setpgid(child, child));
    send_byte(go[1], 'g');
    say_status("child", reap(child));
    say_result("no such group", setpgid(0, 0x3fffff));
    say_result("no such process", setpgid(0x3fffff, 0));
    say_result("negative", setpgid(0, -1));
    return 0;
}
