/* SIGCONT right after SIGSTOP never leaves a process stopped, whether it computes, sleeps or reads. */
#include "observe.h"

static void bounce(const char *what, void (*act)(int in, int out))
{
    int questions[2], answers[2];
    make_pipe(questions);
    make_pipe(answers);
    pid_t child = fork_child();
    if (child == 0) {
        close_fd(questions[1]);
        act(questions[0], answers[1]);
        _exit(0);
    }
    close_fd(questions[0]);
    int answered = 0;
    for (int i = 0; i < 200; i++) {
        MUST(kill(child, SIGSTOP));
        MUST(kill(child, SIGCONT));
        send_byte(questions[1], 'q');
        answered += take_byte(answers[0]) == 'a';
    }
    close_fd(questions[1]);
    say("%s: %d answers\n", what, answered);
    say_status(what, reap(child));
}

static void read_only(int in, int out)
{
    while (take_byte(in) >= 0)
        send_byte(out, 'a');
}

static void poll_in_turns(int in, int out)
{
    struct pollfd watch = {in, POLLIN, 0};
    for (;;) {
        while (poll(&watch, 1, 1) == 0)
            ;
        if (take_byte(in) < 0)
            return;
        send_byte(out, 'a');
    }
}

static void compute(int in, int out)
{
    struct pollfd watch = {in, POLLIN, 0};
    for (;;) {
        while (poll(&watch, 1, 0) == 0)
            for (volatile int i = 0; i < 1000; i++)
                ;
        if (take_byte(in) < 0)
            return;
        send_byte(out, 'a');
    }
}

int main(void)
{
    bounce("reader", read_only);
    bounce("sleeper", poll_in_turns);
    bounce("computer", compute);
    return 0;
}
