/* SIGCONT discards pending stop signals, and a stop signal discards a pending SIGCONT. */
#include "observe.h"

int main(void)
{
    sigset_t pending;
    block(SIG_BLOCK, SIGTSTP);
    block(SIG_BLOCK, SIGTTIN);
    block(SIG_BLOCK, SIGCONT);
    MUST(raise(SIGTSTP));
    MUST(raise(SIGTTIN));
    MUST(sigpending(&pending));
    say("TSTP %d TTIN %d CONT %d\n", sigismember(&pending, SIGTSTP), sigismember(&pending, SIGTTIN),
        sigismember(&pending, SIGCONT));
    handle(SIGCONT, SIG_DFL, 0);
    MUST(raise(SIGCONT));
    MUST(sigpending(&pending));
    say("TSTP %d TTIN %d CONT %d\n", sigismember(&pending, SIGTSTP), sigismember(&pending, SIGTTIN),
        sigismember(&pending, SIGCONT));
    MUST(raise(SIGTSTP));
    MUST(sigpending(&pending));
    say("TSTP %d TTIN %d CONT %d\n", sigismember(&pending, SIGTSTP), sigismember(&pending, SIGTTIN),
        sigismember(&pending, SIGCONT));
    return 0;
}
