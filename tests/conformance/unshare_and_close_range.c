/* unshare of what is not shared, and close_range with CLOSE_RANGE_UNSHARE, change nothing else. */
#include "observe.h"

#include <sched.h>
#include <sys/syscall.h>

static long close_range_of(unsigned first, unsigned last, unsigned flags)
{
    return syscall(SYS_close_range, first, last, flags);
}

int main(void)
{
    int fd = open("f", O_RDWR | O_CREAT, 0600);
    say_result("files", unshare(CLONE_FILES));
    say_result("directory", unshare(CLONE_FS));
    say_result("both", unshare(CLONE_FS | CLONE_FILES | CLONE_SYSVSEM));
    say_result("nothing", unshare(0));
    say_result("no flag", unshare(SIGCHLD));
    say_result("not given up", unshare(CLONE_PARENT));
    say_result("open", write(fd, "x", 1));
    MUST(dup2(fd, 40));
    MUST(dup2(fd, 41));
    say_result("unshare", close_range_of(40, 40, 2));
    say_result("closed", fcntl(40, F_GETFD));
    say_result("close on exec", close_range_of(41, ~0U, 2 | 4));
    say_result("flag", fcntl(41, F_GETFD));
    say_result("backwards", close_range_of(5, 4, 0));
    say_result("unknown", close_range_of(40, 41, 8));
    return 0;
}
