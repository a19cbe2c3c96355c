/* beyond RLIMIT_NOFILE dup and pipe fail with EMFILE, and closing one makes room. */
#include "observe.h"

int main(void)
{
    struct rlimit limit = {16, 16};
    MUST(setrlimit(RLIMIT_NOFILE, &limit));
    struct rlimit now;
    MUST(getrlimit(RLIMIT_NOFILE, &now));
    say("limit: %d\n", (int)now.rlim_cur);
    int last = 0, fd;
    while ((fd = dup(0)) >= 0)
        last = fd;
    say_result("dup", fd);
    say("highest: %d\n", last);
    int ends[2];
    say_result("pipe", pipe(ends));
    close_fd(last);
    say_result("pipe with one free", pipe(ends));
    say_result("dup with one free", dup(0));
    return 0;
}
