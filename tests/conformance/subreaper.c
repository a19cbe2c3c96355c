/* PR_SET_CHILD_SUBREAPER: orphans among the descendants become children, ended ones too. */
#include "observe.h"
#include <sys/prctl.h>

static int ends[2];

static int is_subreaper(void)
{
    int value = -1;
    MUST(prctl(PR_GET_CHILD_SUBREAPER, &value));
    return value;
}

int main(void)
{
    int go[2];
    make_pipe(ends);
    make_pipe(go);
    say("at first %d\n", is_subreaper());
    MUST(prctl(PR_SET_CHILD_SUBREAPER, 1));
    say("set %d\n", is_subreaper());
    pid_t me = getpid(), child = fork_child();
    if (child == 0) {
        say("in the child %d\n", is_subreaper());
        if (fork_child() == 0) {
            take_byte(go[0]); /* until its parent is gone */
            say("adopted %d\n", getppid() == me);
            _exit(7);
        }
        _exit(0);
    }
    say_status("child", reap(child));
    send_byte(go[1], 'g');
    int status;
    pid_t orphan = wait(&status);
    say("waited for the orphan %d\n", orphan > 0);
    say_status("orphan", status);
    child = fork_child();
    if (child == 0) { /* its own child ends first, and stays a zombie */
        pid_t grandchild = fork_child();
        if (grandchild == 0)
            _exit(9);
        siginfo_t info;
        MUST(waitid(P_PID, (id_t)grandchild, &info, WEXITED | WNOWAIT));
        _exit(0);
    }
    int statuses = 0;
    for (int i = 0; i < 2; i++) {
        MUST(wait(&status));
        statuses += WEXITSTATUS(status);
    }
    say("both waited for, statuses %d\n", statuses);
    say_result("no more", wait(&status));
    MUST(prctl(PR_SET_CHILD_SUBREAPER, 0));
    say("unset %d\n", is_subreaper());
    return 0;
}
