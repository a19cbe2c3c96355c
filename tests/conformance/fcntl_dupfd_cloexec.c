/* F_DUPFD takes the lowest descriptor from its argument on; F_DUPFD_CLOEXEC sets the flag. */
#include "observe.h"

int main(void)
{
    int ends[2];
    make_pipe(ends);
    say("F_DUPFD: %d\n", fcntl(ends[0], F_DUPFD, 30));
    say("F_DUPFD: %d\n", fcntl(ends[0], F_DUPFD, 30));
    say("F_DUPFD_CLOEXEC: %d\n", fcntl(ends[0], F_DUPFD_CLOEXEC, 30));
    say("flags: %d %d\n", fcntl(31, F_GETFD), fcntl(32, F_GETFD));
    say_result("below zero", fcntl(ends[0], F_DUPFD, -1));
    return 0;
}
