/* 16 MB of heap are the child's own copy, page by page, in both directions. */
#include "observe.h"

enum { SIZE = 16 << 20, PAGE = 4096 };

int main(void)
{
    unsigned char *heap = malloc(SIZE);
    int ends[2];
    make_pipe(ends);
    for (int i = 0; i < SIZE; i += PAGE)
        heap[i] = (unsigned char)(i / PAGE);
    pid_t child = fork_child();
    if (child == 0) {
        close_fd(ends[1]);
        take_byte(ends[0]);
        int wrong = 0;
        for (int i = 0; i < SIZE; i += PAGE) {
            wrong += heap[i] != (unsigned char)(i / PAGE);
            heap[i] = 1;
        }
        say("child: %d wrong pages\n", wrong);
        _exit(0);
    }
    for (int i = 0; i < SIZE; i += 2 * PAGE)
        heap[i] = 0xee;
    send_byte(ends[1], 'g');
    reap(child);
    int wrong = 0;
    for (int i = 0; i < SIZE; i += PAGE)
        wrong += heap[i] != (i % (2 * PAGE) == 0 ? 0xee : (unsigned char)(i / PAGE));
    say("parent: %d wrong pages\n", wrong);
    return 0;
}
