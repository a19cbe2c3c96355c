/* fork returns 0 in the child and the child's pid in the parent. */
#include "observe.h"

int main(void)
{
    int ends[2];
    make_pipe(ends);
    pid_t child = fork();
    MUST(child);
    if (child == 0) {
        pid_t self = getpid();
        MUST(write(ends[1], &self, sizeof self));
        _exit(0);
    }
    pid_t told;
    MUST(read(ends[0], &told, sizeof told));
    say("the child's pid: %d\n", told == child);
    say("waitpid returns it: %d\n", waitpid(child, NULL, 0) == child);
    return 0;
}
