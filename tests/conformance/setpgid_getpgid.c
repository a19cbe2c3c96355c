/* a child inherits its process group; setpgid makes it a leader of its own. */
#include "observe.h"

int main(void)
{
    int ends[2];
    make_pipe(ends);
    pid_t group = getpgrp();
    pid_t child = fork_child();
    if (child == 0) {
        say("inherited: %d\n", getpgrp() == group);
        MUST(setpgid(0, 0));
        say("leader: %d\n", getpgrp() == getpid() && getpgid(0) == getpid());
        send_byte(ends[1], 'r');
        pause();
    }
    take_byte(ends[0]);
    say("seen from the parent: %d\n", getpgid(child) == child);
    say("own group unchanged: %d\n", getpgrp() == group);
    MUST(kill(child, SIGKILL));
    reap(child);
    say_result("getpgid of nobody", getpgid(child));
    return 0;
}
