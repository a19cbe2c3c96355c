/* sched_yield returns 0, with others ready to run and without. */
#include "observe.h"

#include <sched.h>

int main(void)
{
    int ends[2];
    make_pipe(ends);
    pid_t child = fork_child();
    if (child == 0) {
        for (int i = 0; i < 100; i++)
            MUST(sched_yield());
        send_byte(ends[1], 'd');
        _exit(0);
    }
    for (int i = 0; i < 100; i++)
        MUST(sched_yield());
    say("child: %c\n", take_byte(ends[0]));
    reap(child);
    say_result("alone", sched_yield());
    return 0;
}
