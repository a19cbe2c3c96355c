/* A writer that streams small blocks and stops at any moment never leaves a sleeping reader behind. */
#include "observe.h"
#include <poll.h>

enum { BURSTS = 1500 };

static int blocks_of(int burst)
{
    return 60 + burst * 7 % 150;
}

/* Reads whole bursts and answers each with a byte; with poll, it sleeps there and not in read. */
static void answer(int from, int to, int with_poll)
{
    char block[64];
    for (int burst = 0; burst < BURSTS; burst++) {
        for (int left = blocks_of(burst) * 64; left > 0;) {
            struct pollfd ready = {from, POLLIN, 0};
            if (with_poll)
                MUST(poll(&ready, 1, -1));
            long got = read(from, block, sizeof block);
            if (got <= 0)
                _exit(1);
            left -= (int)got;
        }
        MUST(write(to, "a", 1));
    }
    _exit(0);
}

static void bursts(int with_poll)
{
    int data[2], back[2], answered = 0;
    MUST(pipe(data));
    MUST(pipe(back));
    pid_t child = fork();
    if (child == 0) {
        close(data[1]);
        close(back[0]);
        answer(data[0], back[1], with_poll);
    }
    close(data[0]);
    close(back[1]);
    for (int burst = 0; burst < BURSTS; burst++) {
        char block[64] = "stream", byte;
        for (int i = 0; i < blocks_of(burst); i++)
            MUST(write(data[1], block, sizeof block));
        for (volatile int pause = 0; pause < burst % 50 * 20; pause++)
            ;
        answered += read(back[0], &byte, 1) == 1;
    }
    close(data[1]);
    close(back[0]);
    int status;
    MUST(waitpid(child, &status, 0));
    say("%s: %d bursts answered, status %d\n", with_poll ? "poll" : "read", answered, status);
}

int main(void)
{
    bursts(0);
    bursts(1);
    return 0;
}
