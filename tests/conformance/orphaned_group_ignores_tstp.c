/* SIGTSTP, SIGTTIN and SIGTTOU do not stop a member of an orphaned group; SIGSTOP does. */
#include "observe.h"

static void orphan(void)
{
    MUST(setsid());
    MUST(raise(SIGTSTP));
    MUST(raise(SIGTTIN));
    MUST(raise(SIGTTOU));
    say("still running\n");
}

int main(void)
{
    say_status("session leader", run_child(orphan));
    return 0;
}
