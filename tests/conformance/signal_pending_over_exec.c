/* pending signals and the mask stay over exec; a forked child starts with none pending. */
#include "observe.h"

static void look(void)
{
    sigset_t pending;
    MUST(sigpending(&pending));
    say("SIGUSR1 %d, SIGRTMIN %d\n", sigismember(&pending, SIGUSR1), sigismember(&pending, SIGRTMIN));
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        sigset_t set = set_of(SIGRTMIN);
        siginfo_t info;
        look();
        for (int i = 0; i < 2; i++) {
            MUST(sigwaitinfo(&set, &info));
            say("value %d\n", info.si_value.sival_int);
        }
        look();
        return 0;
    }
    block(SIG_BLOCK, SIGUSR1);
    block(SIG_BLOCK, SIGRTMIN);
    MUST(raise(SIGUSR1));
    MUST(sigqueue(getpid(), SIGRTMIN, (union sigval){.sival_int = 7}));
    MUST(sigqueue(getpid(), SIGRTMIN, (union sigval){.sival_int = 8}));
    say_status("child", run_child(look));
    char *const arguments[] = {argv[0], (char[]){"again"}, NULL};
    MUST(execv("/proc/self/exe", arguments));
    return 1;
}
