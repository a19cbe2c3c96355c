/* ppoll and pselect open the mask only while they wait: a pending signal ends them at once with EINTR. */
#include "observe.h"

#include <sys/select.h>

static volatile int count;

static void on_signal(int number)
{
    (void)number;
    count++;
}

int main(void)
{
    int ends[2];
    sigset_t none, mask;
    fd_set set;
    make_pipe(ends);
    MUST(sigemptyset(&none));
    handle(SIGUSR1, on_signal, 0);
    block(SIG_BLOCK, SIGUSR1);
    MUST(raise(SIGUSR1));
    struct pollfd wanted = {ends[0], POLLIN, 0};
    say_result("poll", poll(&wanted, 1, 0));
    say_result("ppoll", ppoll(&wanted, 1, NULL, &none));
    say("handled %d\n", count);
    MUST(raise(SIGUSR1));
    FD_ZERO(&set);
    FD_SET(ends[0], &set);
    say_result("pselect", pselect(ends[0] + 1, &set, NULL, NULL, NULL, &none));
    say("handled %d\n", count);
    MUST(sigprocmask(SIG_BLOCK, NULL, &mask));
    say("blocked again %d\n", sigismember(&mask, SIGUSR1));
    return 0;
}
