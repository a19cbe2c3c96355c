/* a shell's pipeline: fork, dup2 onto 0 and 1, close the rest; text flows through three stages. */
#include "observe.h"

static void upper(void)
{
    int c;
    while ((c = take_byte(0)) >= 0)
        send_byte(1, (char)(c >= 'a' && c <= 'z' ? c - 32 : c));
}

static void twice(void)
{
    int c;
    while ((c = take_byte(0)) >= 0) {
        send_byte(1, (char)c);
        send_byte(1, (char)c);
    }
}

static void source(void)
{
    say("one pipe, two pipes\n");
}

/* Starts a stage that reads `in` (-1: nothing); returns what it writes. */
static int stage(void (*body)(void), int in)
{
    int ends[2];
    make_pipe(ends);
    if (fork_child() == 0) {
        if (in >= 0) {
            MUST(dup2(in, 0));
            close_fd(in);
        }
        MUST(dup2(ends[1], 1));
        close_fd(ends[0]);
        close_fd(ends[1]);
        body();
        _exit(0);
    }
    close_fd(ends[1]);
    if (in >= 0)
        close_fd(in);
    return ends[0];
}

int main(void)
{
    int out = stage(twice, stage(upper, stage(source, -1)));
    int c;
    while ((c = take_byte(out)) >= 0)
        send_byte(1, (char)c);
    for (int i = 0; i < 3; i++)
        say_status("stage", reap(-1));
    say_result("fourth wait", wait(NULL));
    return 0;
}
