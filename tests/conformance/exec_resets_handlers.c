/* exec resets caught signals to default and keeps ignored ones and the mask. */
#include "observe.h"

static void on_signal(int number)
{
    (void)number;
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        struct sigaction one, two;
        sigset_t mask;
        MUST(sigaction(SIGUSR1, NULL, &one));
        MUST(sigaction(SIGUSR2, NULL, &two));
        MUST(sigprocmask(SIG_BLOCK, NULL, &mask));
        say("caught is default: %d\n", one.sa_handler == SIG_DFL);
        say("ignored is ignored: %d\n", two.sa_handler == SIG_IGN);
        say("blocked is blocked: %d\n", sigismember(&mask, SIGTERM));
        return 0;
    }
    handle(SIGUSR1, on_signal, 0);
    handle(SIGUSR2, SIG_IGN, 0);
    block(SIG_BLOCK, SIGTERM);
    char *const arguments[] = {argv[0], (char[]){"again"}, NULL};
    MUST(execv("/proc/self/exe", arguments));
    return 1;
}
