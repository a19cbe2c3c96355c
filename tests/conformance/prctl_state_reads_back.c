/* prctl and personality: what is set reads back, in children and after exec; the machine's name follows. */
#include "observe.h"

#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/utsname.h>

static void look(const char *who)
{
    struct utsname name;
    MUST(uname(&name));
    say("%s: personality %x, machine %s, huge pages off %d, memory errors %d\n", who,
        (unsigned)personality(0xffffffff), name.machine, prctl(PR_GET_THP_DISABLE, 0, 0, 0, 0),
        prctl(PR_MCE_KILL_GET, 0, 0, 0, 0));
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        look("after exec");
        return 0;
    }
    int readable = 0;
    look("at first");
    say_result("timing", prctl(PR_GET_TIMING));
    say_result("timing", prctl(PR_SET_TIMING, PR_TIMING_STATISTICAL));
    say_result("timing", prctl(PR_SET_TIMING, PR_TIMING_TIMESTAMP));
    say_result("seccomp", prctl(PR_GET_SECCOMP));
    say_result("counters", prctl(PR_TASK_PERF_EVENTS_DISABLE));
    say_result("time stamps", prctl(PR_GET_TSC, &readable));
    say("readable %d\n", readable);
    say_result("huge pages", prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0));
    say_result("too many", prctl(PR_SET_THP_DISABLE, 1, 1, 0, 0));
    say_result("memory errors", prctl(PR_MCE_KILL, PR_MCE_KILL_SET, PR_MCE_KILL_EARLY, 0, 0));
    say_result("no policy", prctl(PR_MCE_KILL, PR_MCE_KILL_SET, 9, 0, 0));
    say_result("no command", prctl(PR_MCE_KILL, 9, 0, 0, 0));
    say_result("personality", personality(PER_LINUX32 | ADDR_NO_RANDOMIZE));
    look("set");
    fflush(stdout);
    pid_t child = fork_child();
    if (child == 0) {
        look("child");
        _exit(0);
    }
    reap(child);
    char again[] = "again", *arguments[] = {argv[0], again, NULL};
    execv("/proc/self/exe", arguments);
    return 1;
}
