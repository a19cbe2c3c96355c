/* limits are read back, cannot be above the hard limit, and are inherited by fork. */
#include "observe.h"

int main(void)
{
    struct rlimit limit = {32, 64}, now;
    MUST(setrlimit(RLIMIT_NOFILE, &limit));
    pid_t child = fork_child();
    if (child == 0) {
        MUST(getrlimit(RLIMIT_NOFILE, &now));
        say("child: %d %d\n", (int)now.rlim_cur, (int)now.rlim_max);
        _exit(0);
    }
    reap(child);
    limit.rlim_cur = 65;
    say_result("soft above hard", setrlimit(RLIMIT_NOFILE, &limit));
    return 0;
}
