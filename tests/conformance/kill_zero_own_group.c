/* kill of pid 0 and killpg reach the caller's whole group, the caller too, and nobody outside it. */
#include "observe.h"

static volatile int count;

static void on_signal(int number)
{
    (void)number;
    count++;
}

static void group(void)
{
    int ready[2], go[2];
    MUST(setpgid(0, 0));
    handle(SIGUSR1, on_signal, SA_RESTART);
    make_pipe(ready);
    make_pipe(go);
    pid_t children[3];
    for (int i = 0; i < 3; i++) {
        children[i] = fork_child();
        if (children[i] == 0) {
            close_fd(go[1]);
            send_byte(ready[1], 'r');
            take_byte(go[0]);
            _exit(count);
        }
    }
    for (int i = 0; i < 3; i++)
        take_byte(ready[0]);
    MUST(kill(0, SIGUSR1));
    say("leader got %d\n", count);
    MUST(killpg(0, 0));
    close_fd(go[1]);
    for (int i = 0; i < 3; i++)
        say_status("member", reap(children[i]));
    say_result("killpg of nobody", killpg(0x3fffff, SIGUSR1));
}

int main(void)
{
    handle(SIGUSR1, on_signal, 0);
    say_status("group", run_child(group));
    say("outside got %d\n", count);
    return 0;
}
