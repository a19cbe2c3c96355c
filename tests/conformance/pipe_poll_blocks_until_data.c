/* poll without a timeout sleeps until another process writes. */
#include "observe.h"

int main(void)
{
    int ends[2];
    make_pipe(ends);
    struct pollfd watch = {ends[0], POLLIN, 0};
    if (fork_child() == 0) {
        send_byte(ends[1], 'x');
        _exit(0);
    }
    int n = poll(&watch, 1, -1);
    say("poll %d, POLLIN %d\n", n, (watch.revents & POLLIN) != 0);
    say("byte: %c\n", take_byte(ends[0]));
    say_status("child", reap(-1));
    return 0;
}
