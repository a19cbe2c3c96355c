/* Ends that children close while they are killed are counted once: end of file and EPIPE come in time. */
#include "observe.h"

#define ROUNDS 150

int main(void)
{
    int wrong = 0, ends = 0, broken = 0;
    char byte;
    signal(SIGPIPE, SIG_IGN);
    for (int round = 0; round < ROUNDS; round++) {
        int p[2];
        pid_t children[3];
        make_pipe(p);
        for (int i = 0; i < 3; i++) {
            children[i] = fork_child();
            if (children[i] == 0) {
                close(p[i % 2]);
                close(p[1 - i % 2]);
                for (;;)
                    ;
            }
        }
        for (volatile int wait = round * 300; wait > 0; wait--)
            ;
        for (int i = 0; i < 3; i++)
            MUST(kill(children[i], SIGKILL));
        wrong += write(p[1], "w", 1) != 1;
        for (int i = 0; i < 3; i++)
            reap(children[i]);
        wrong += write(p[1], "w", 1) != 1;
        if (round % 2) {
            close(p[1]);
            while (read(p[0], &byte, 1) == 1)
                ;
            ends++;
            close(p[0]);
        } else {
            close(p[0]);
            broken += write(p[1], "w", 1) < 0 && errno == EPIPE;
            close(p[1]);
        }
    }
    say("writes that failed: %d\n", wrong);
    say("ends of file: %d, broken pipes: %d\n", ends, broken);
    return 0;
}
