/* kill of a negative pid reaches every member of the group and nobody else. */
#include "observe.h"

int main(void)
{
    int ready[2];
    make_pipe(ready);
    pid_t leader = 0;
    for (int i = 0; i < 3; i++) {
        pid_t child = fork_child();
        if (child == 0) {
            MUST(setpgid(0, leader));
            send_byte(ready[1], 'r');
            for (;;)
                pause();
        }
        take_byte(ready[0]);
        if (i == 0)
            leader = child;
    }
    MUST(kill(-leader, SIGTERM));
    for (int i = 0; i < 3; i++)
        say_status("member", reap(-1));
    say_result("the group is gone", kill(-leader, SIGTERM));
    return 0;
}
