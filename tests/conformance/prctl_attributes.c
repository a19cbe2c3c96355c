/* PR_SET_TIMERSLACK and PR_SET_DUMPABLE read back, refuse what is wrong, are inherited. */
#include "observe.h"
#include <sys/prctl.h>

static void show(void)
{
    say("slack %d, dumpable %d\n", prctl(PR_GET_TIMERSLACK), prctl(PR_GET_DUMPABLE));
}

static void in_child(void)
{
    show();
    MUST(prctl(PR_SET_TIMERSLACK, 9999));
    MUST(prctl(PR_SET_TIMERSLACK, 0));
    show();
}

int main(void)
{
    show();
    MUST(prctl(PR_SET_TIMERSLACK, 123456));
    MUST(prctl(PR_SET_DUMPABLE, 0));
    show();
    run_child(in_child);
    MUST(prctl(PR_SET_TIMERSLACK, 0));
    MUST(prctl(PR_SET_DUMPABLE, 1));
    show();
    say_result("dumpable 2", prctl(PR_SET_DUMPABLE, 2));
    say_result("dumpable 3", prctl(PR_SET_DUMPABLE, 3));
    say_result("name at a bad address", prctl(PR_SET_NAME, 8L));
    return 0;
}
