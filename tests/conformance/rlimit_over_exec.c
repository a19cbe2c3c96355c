/* resource limits are kept over exec; a soft limit above the hard one is EINVAL. */
#include "observe.h"

int main(int argc, char **argv)
{
    struct rlimit limit = {20, 30};
    if (argc > 1) {
        int fd, last = -1;
        MUST(getrlimit(RLIMIT_NOFILE, &limit));
        say("%d %d\n", (int)limit.rlim_cur, (int)limit.rlim_max);
        while ((fd = dup(1)) >= 0)
            last = fd;
        say("last %d, %s\n", last, error_name(errno));
        return 0;
    }
    MUST(setrlimit(RLIMIT_NOFILE, &limit));
    say_result("soft above hard", setrlimit(RLIMIT_NOFILE, &(struct rlimit){40, 30}));
    char *const arguments[] = {argv[0], (char[]){"again"}, NULL};
    MUST(execv("/proc/self/exe", arguments));
    return 1;
}
