/* pipe2 sets O_NONBLOCK and FD_CLOEXEC on both ends; unknown flags are EINVAL. */
#include "observe.h"

int main(void)
{
    int ends[2];
    MUST(pipe2(ends, O_NONBLOCK | O_CLOEXEC));
    for (int i = 0; i < 2; i++) {
        say("end %d: nonblock %d, cloexec %d\n", i, (fcntl(ends[i], F_GETFL) & O_NONBLOCK) != 0,
            fcntl(ends[i], F_GETFD) == FD_CLOEXEC);
    }
    say_result("unknown flag", pipe2(ends, O_APPEND));
    return 0;
}
