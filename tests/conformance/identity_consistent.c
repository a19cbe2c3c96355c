/* real, effective and saved user and group ids agree, and a child has its parent's. */
#include "observe.h"

int main(void)
{
    uid_t real, effective, saved;
    MUST(getresuid(&real, &effective, &saved));
    say("user: %d\n", real == getuid() && effective == geteuid() && real == effective && real == saved);
    say("group: %d\n", getgid() == getegid());
    pid_t child = fork_child();
    if (child == 0) {
        say("child: %d\n", getuid() == real && getgid() == getegid());
        _exit(0);
    }
    reap(child);
    return 0;
}
