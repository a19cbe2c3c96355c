/* the child has the parent's stack, heap, data and bss; later writes are private to each. */
#include "observe.h"

static int data = 1, bss;

int main(void)
{
    int stack = 2, ends[2], back[2];
    int *heap = malloc(sizeof *heap);
    *heap = 3;
    bss = 4;
    make_pipe(ends);
    make_pipe(back);
    pid_t child = fork_child();
    if (child == 0) {
        say("child has %d %d %d %d\n", data, stack, *heap, bss);
        data = stack = *heap = bss = 9;
        send_byte(back[1], 'c');
        take_byte(ends[0]);
        say("child keeps %d %d %d %d\n", data, stack, *heap, bss);
        _exit(0);
    }
    take_byte(back[0]);
    say("parent keeps %d %d %d %d\n", data, stack, *heap, bss);
    data = stack = *heap = bss = 8;
    send_byte(ends[1], 'p');
    say_status("child", reap(child));
    return 0;
}
