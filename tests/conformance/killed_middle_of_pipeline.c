/* when the middle of a pipeline is killed its reader gets EOF and its writer SIGPIPE. */
#include "observe.h"

int main(void)
{
    int one[2], two[2];
    make_pipe(one);
    make_pipe(two);
    pid_t writer = fork_child();
    if (writer == 0) {
        close_fd(one[0]);
        close_fd(two[0]);
        close_fd(two[1]);
        for (;;)
            send_byte(one[1], 'w');
    }
    pid_t middle = fork_child();
    if (middle == 0) {
        close_fd(one[1]);
        close_fd(two[0]);
        for (;;)
            send_byte(two[1], (char)take_byte(one[0]));
    }
    close_fd(one[0]);
    close_fd(one[1]);
    close_fd(two[1]);
    say("flows: %c\n", take_byte(two[0]));
    MUST(kill(middle, SIGKILL));
    int wrong = 0, c;
    while ((c = take_byte(two[0])) >= 0)
        wrong += c != 'w';
    say("wrong bytes before EOF: %d\n", wrong);
    say_status("middle", reap(middle));
    say_status("writer", reap(writer));
    return 0;
}
