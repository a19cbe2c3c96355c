/* writes of up to PIPE_BUF bytes of several writers never mix. */
#include "observe.h"

enum { WRITERS = 4, MESSAGES = 200 };
static char message[PIPE_BUF];

int main(void)
{
    int ends[2];
    make_pipe(ends);
    for (int w = 0; w < WRITERS; w++) {
        if (fork_child() == 0) {
            memset(message, 'a' + w, PIPE_BUF);
            for (int i = 0; i < MESSAGES; i++) {
                if (write(ends[1], message, PIPE_BUF) != PIPE_BUF)
                    _exit(1);
            }
            _exit(0);
        }
    }
    close_fd(ends[1]);
    int seen[WRITERS] = {0}, mixed = 0, size = 0;
    ssize_t n;
    while ((n = read(ends[0], message + size, (size_t)(PIPE_BUF - size))) > 0) {
        size += (int)n;
        if (size < PIPE_BUF)
            continue;
        size = 0;
        for (int i = 1; i < PIPE_BUF; i++)
            mixed += message[i] != message[0];
        if (message[0] >= 'a' && message[0] < 'a' + WRITERS)
            seen[message[0] - 'a']++;
    }
    for (int w = 0; w < WRITERS; w++)
        say("messages %c: %d\n", 'a' + w, seen[w]);
    say("mixed bytes: %d, rest: %d\n", mixed, size);
    for (int w = 0; w < WRITERS; w++)
        say_status("writer", reap(-1));
    return 0;
}
