/* faccessat2 with AT_EMPTY_PATH speaks of what the descriptor is of; fchmodat2: a symbolic link has no mode to change. */
#include "observe.h"

#include <sys/syscall.h>

static long access_at(int fd, const char *path, int mode, int flags)
{
    return syscall(SYS_faccessat2, fd, path, mode, flags);
}

/* Kernels before 6.6 lack the call; the C library then does what it can. */
static long fchmodat2(const char *path, mode_t mode, int flags)
{
    enum { NUMBER = 452 };
    long result = syscall(NUMBER, AT_FDCWD, path, mode, flags);
    return result < 0 && errno == ENOSYS ? fchmodat(AT_FDCWD, path, mode, flags) : result;
}

int main(void)
{
    int file = open("file", O_RDWR | O_CREAT, 0644);
    MUST(file);
    MUST(symlink("file", "link"));
    int path = open("file", O_PATH);
    say_result("read", access_at(file, "", R_OK, AT_EMPTY_PATH));
    say_result("execute", access_at(file, "", X_OK, AT_EMPTY_PATH));
    say_result("by O_PATH", access_at(path, "", R_OK | W_OK, AT_EMPTY_PATH | AT_EACCESS));
    say_result("directory", access_at(AT_FDCWD, "", X_OK, AT_EMPTY_PATH));
    say_result("without the flag", access_at(file, "", R_OK, 0));
    say_result("closed", access_at(1000, "", R_OK, AT_EMPTY_PATH));
    say_result("unknown flag", access_at(file, "", R_OK, 0x8000));
    say_result("mode of a link", fchmodat2("link", 0755, AT_SYMLINK_NOFOLLOW));
    say_result("mode of the file", fchmodat2("file", 0755, AT_SYMLINK_NOFOLLOW));
    say_result("execute now", access_at(file, "", X_OK, AT_EMPTY_PATH));
    return 0;
}
