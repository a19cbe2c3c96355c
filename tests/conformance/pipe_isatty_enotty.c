/* a pipe is not a terminal. */
#include "observe.h"

int main(void)
{
    int ends[2];
    make_pipe(ends);
    errno = 0;
    int terminal = isatty(ends[0]);
    say("isatty: %d %s\n", terminal, error_name(errno));
    return 0;
}
