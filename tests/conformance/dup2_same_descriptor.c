/* dup2 of a descriptor onto itself does nothing; dup3 fails with EINVAL. */
#include "observe.h"

int main(void)
{
    int ends[2];
    make_pipe(ends);
    MUST(fcntl(ends[0], F_SETFD, FD_CLOEXEC));
    say("dup2: %d\n", dup2(ends[0], ends[0]) == ends[0]);
    say("cloexec still set: %d\n", fcntl(ends[0], F_GETFD));
    say_result("dup3", dup3(ends[0], ends[0], 0));
    close_fd(ends[0]);
    say_result("dup2 of a closed one", dup2(ends[0], ends[0]));
    return 0;
}
