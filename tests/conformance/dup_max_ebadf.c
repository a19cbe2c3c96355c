/* dup2 onto a negative or too high descriptor fails with EBADF. */
#include "observe.h"

int main(void)
{
    int ends[2];
    make_pipe(ends);
    say_result("negative", dup2(ends[0], (int)opaque((uintptr_t)-1)));
    struct rlimit limit;
    MUST(getrlimit(RLIMIT_NOFILE, &limit));
    say_result("at the limit", dup2(ends[0], (int)limit.rlim_cur));
    say_result("of a closed one", dup(1000));
    return 0;
}
