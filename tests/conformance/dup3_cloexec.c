/* dup3 sets FD_CLOEXEC on the copy alone; dup2 clears it. */
#include "observe.h"

int main(void)
{
    int ends[2];
    make_pipe(ends);
    MUST(dup3(ends[0], 20, O_CLOEXEC));
    say("original %d, copy %d\n", fcntl(ends[0], F_GETFD), fcntl(20, F_GETFD));
    MUST(dup2(20, 21));
    say("dup2 of the copy %d\n", fcntl(21, F_GETFD));
    return 0;
}
