/* select with a negative count or a closed descriptor fails; several ready sets are counted together. */
#include "observe.h"

#include <sys/select.h>

int main(void)
{
    int ends[2], other[2];
    fd_set in, out;
    make_pipe(ends);
    make_pipe(other);
    send_byte(ends[1], 'x');
    FD_ZERO(&in);
    FD_ZERO(&out);
    FD_SET(ends[0], &in);
    FD_SET(other[0], &in);
    FD_SET(ends[1], &out);
    FD_SET(other[1], &out);
    say_result("select", select(other[1] + 1, &in, &out, NULL, NULL));
    say("%d %d %d %d\n", FD_ISSET(ends[0], &in) != 0, FD_ISSET(other[0], &in) != 0,
        FD_ISSET(ends[1], &out) != 0, FD_ISSET(other[1], &out) != 0);
    say_result("negative", select(-1, &in, NULL, NULL, NULL));
    close_fd(ends[0]);
    FD_ZERO(&in);
    FD_SET(ends[0], &in);
    say_result("closed", select(ends[0] + 1, &in, NULL, NULL, NULL));
    say_result("bad timeout", select(0, NULL, NULL, NULL, &(struct timeval){-1, 0}));
    return 0;
}
