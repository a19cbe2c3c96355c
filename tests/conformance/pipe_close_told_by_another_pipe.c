/* EPIPE and end of file are there at once when all others closed an end, and told so by another pipe. */
#include "observe.h"

int main(void)
{
    int wrong = 0;
    signal(SIGPIPE, SIG_IGN);
    for (int round = 0; round < 100; round++) {
        int p[2], news[2], stop[2];
        make_pipe(p);
        make_pipe(news);
        make_pipe(stop);
        pid_t child = fork_child();
        if (child == 0) {
            close(p[round % 2]);
            send_byte(news[1], 'c');
            take_byte(stop[0]);
            _exit(0);
        }
        take_byte(news[0]);
        char byte;
        if (round % 2 == 0) {
            close(p[0]);
            wrong += write(p[1], "w", 1) != -1 || errno != EPIPE;
        } else {
            close(p[1]);
            wrong += read(p[0], &byte, 1) != 0;
        }
        send_byte(stop[1], 's');
        reap(child);
        for (int i = 0; i < 2; i++) {
            close(news[i]);
            close(stop[i]);
            close(p[i]);
        }
    }
    say("wrong: %d\n", wrong);
    return 0;
}
