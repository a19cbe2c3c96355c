/* WCOREDUMP and CLD_DUMPED say the same; with RLIMIT_CORE 0 neither does. */
#include "observe.h"

static void end_by(int number)
{
    int status;
    siginfo_t info = {0};
    pid_t child = fork_child();
    if (child == 0) {
        MUST(raise(number));
        _exit(0);
    }
    MUST(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT));
    MUST(waitpid(child, &status, 0));
    say("signal %d agrees %d", WTERMSIG(status),
        !!WCOREDUMP(status) == (info.si_code == CLD_DUMPED) && info.si_status == number);
    struct rlimit limit;
    MUST(getrlimit(RLIMIT_CORE, &limit));
    if (limit.rlim_cur == 0 || number == SIGTERM)
        say(" core %d", !!WCOREDUMP(status));
    say("\n");
}

int main(void)
{
    struct rlimit limit;
    MUST(getrlimit(RLIMIT_CORE, &limit));
    limit.rlim_cur = limit.rlim_max;
    MUST(setrlimit(RLIMIT_CORE, &limit));
    end_by(SIGABRT);
    end_by(SIGTERM);
    limit.rlim_cur = 0;
    MUST(setrlimit(RLIMIT_CORE, &limit));
    end_by(SIGABRT);
    end_by(SIGQUIT);
    return 0;
}
