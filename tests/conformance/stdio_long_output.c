/* a megabyte through stdio arrives in order at a slow reader. */
#include "observe.h"

static char line[64];

int main(void)
{
    int ends[2];
    make_pipe(ends);
    pid_t child = fork_child();
    if (child == 0) {
        close_fd(ends[0]);
        FILE *out = fdopen(ends[1], "w");
        for (int i = 0; i < 20000; i++)
            fprintf(out, "line %06d of a long text that fills the pipe up\n", i);
        exit(fclose(out) == 0 ? 0 : 1);
    }
    close_fd(ends[1]);
    FILE *in = fdopen(ends[0], "r");
    int lines = 0, wrong = 0;
    while (fgets(line, sizeof line, in) != NULL)
        wrong += atoi(line + 5) != lines++;
    say("lines %d, wrong %d\n", lines, wrong);
    say_status("writer", reap(child));
    return 0;
}
