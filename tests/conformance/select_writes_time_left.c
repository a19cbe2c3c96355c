/* Linux: select, pselect6 and ppoll by their system calls write back how much of the timeout is left. */
#include "observe.h"
#include <sys/select.h>
#include <sys/syscall.h>

int main(void)
{
    int ends[2];
    fd_set set;
    struct timeval limit = {0, 10000};
    make_pipe(ends);
    say_result("nothing", select(0, NULL, NULL, NULL, &limit));
    say("%ld %ld\n", (long)limit.tv_sec, (long)limit.tv_usec);
    send_byte(ends[1], 'x');
    FD_ZERO(&set);
    FD_SET(ends[0], &set);
    limit = (struct timeval){1000, 0};
    say_result("ready", select(ends[0] + 1, &set, NULL, NULL, &limit));
    say("%d\n", limit.tv_sec > 900 && limit.tv_sec < 1000);
    struct timespec wide = {1000, 0};
    say_result("pselect6", syscall(SYS_pselect6, ends[0] + 1, &set, NULL, NULL, &wide, NULL));
    say("%d\n", wide.tv_sec > 900 && wide.tv_sec < 1000);
    struct pollfd one = {.fd = ends[0], .events = POLLIN};
    wide.tv_sec = 1000;
    say_result("ppoll", syscall(SYS_ppoll, &one, 1, &wide, NULL, 8));
    say("%d\n", wide.tv_sec > 900 && wide.tv_sec < 1000);
    return 0;
}
