/* select tells when a pipe can be read and returns 0 after its timeout. */
#include "observe.h"

#include <sys/select.h>

int main(void)
{
    int ends[2];
    make_pipe(ends);
    fd_set set;
    struct timeval none = {0, 0}, forever = {10, 0};
    FD_ZERO(&set);
    FD_SET(ends[0], &set);
    say("empty: %d\n", select(ends[0] + 1, &set, NULL, NULL, &none));
    say("set: %d\n", FD_ISSET(ends[0], &set) != 0);
    send_byte(ends[1], 'x');
    FD_SET(ends[0], &set);
    say("with a byte: %d\n", select(ends[0] + 1, &set, NULL, NULL, &forever));
    say("set: %d\n", FD_ISSET(ends[0], &set) != 0);
    return 0;
}
