/* without a controlling terminal /dev/tty is ENXIO; a pipe is ENOTTY for every terminal call. */
#include "observe.h"

#include <termios.h>

static void alone(void)
{
    int ends[2];
    struct termios modes;
    MUST(setsid());
    say_result("/dev/tty", open("/dev/tty", O_RDWR));
    make_pipe(ends);
    say_result("tcgetpgrp", tcgetpgrp(ends[0]));
    say_result("tcsetpgrp", tcsetpgrp(ends[0], getpgrp()));
    say_result("tcgetattr", tcgetattr(ends[0], &modes));
    say("isatty %d\n", isatty(ends[0]));
    say_result("tcgetsid of a closed one", tcgetsid(200));
}

int main(void)
{
    say_status("child", run_child(alone));
    return 0;
}
