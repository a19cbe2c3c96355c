/* 2000 blocking round trips over two pipes keep their order. */
#include "observe.h"

int main(void)
{
    int there[2], back[2];
    make_pipe(there);
    make_pipe(back);
    pid_t child = fork_child();
    if (child == 0) {
        int c;
        close_fd(there[1]);
        while ((c = take_byte(there[0])) >= 0)
            send_byte(back[1], (char)(c + 1));
        _exit(0);
    }
    int right = 0;
    for (int i = 0; i < 2000; i++) {
        send_byte(there[1], (char)i);
        right += take_byte(back[0]) == ((i + 1) & 0xff);
    }
    close_fd(there[1]);
    say("right answers: %d\n", right);
    say_status("child", reap(child));
    return 0;
}
