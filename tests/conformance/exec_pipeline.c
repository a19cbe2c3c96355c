/* a pipeline of this program with itself, each stage started by fork, dup2 and exec. */
#include "observe.h"

int main(int argc, char **argv)
{
    if (argc > 1) {
        int c;
        while ((c = take_byte(0)) >= 0)
            send_byte(1, (char)(c + atoi(argv[1])));
        return 0;
    }
    int source[2];
    MUST(pipe2(source, O_CLOEXEC));
    int in = source[0];
    for (int i = 1; i <= 3; i++) {
        int ends[2];
        MUST(pipe2(ends, O_CLOEXEC));
        if (fork_child() == 0) {
            char step[4];
            snprintf(step, sizeof step, "%d", i);
            char *const arguments[] = {argv[0], step, NULL};
            MUST(dup2(in, 0));
            MUST(dup2(ends[1], 1));
            MUST(execv("/proc/self/exe", arguments));
        }
        close_fd(in);
        close_fd(ends[1]);
        in = ends[0];
    }
    MUST(write(source[1], "ABC", 3));
    close_fd(source[1]);
    int c;
    while ((c = take_byte(in)) >= 0)
        say("%c", c);
    say("\n");
    for (int i = 0; i < 3; i++)
        say_status("stage", reap(-1));
    return 0;
}
