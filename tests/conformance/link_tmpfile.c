/* O_TMPFILE makes a file without a name, which linkat can give one through /proc/self/fd. */
#include "observe_files.h"

int main(void)
{
    struct stat s;
    int fd = open(".", O_TMPFILE | O_RDWR, 0640);
    say_result("open", fd < 0 ? -1 : 0);
    if (fd < 0)
        return 0;
    MUST(write(fd, "nameless", 8));
    MUST(fstat(fd, &s));
    say("links %d, mode %o\n", (int)s.st_nlink, (unsigned)s.st_mode);
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    say_result("link", linkat(AT_FDCWD, path, AT_FDCWD, "named", AT_SYMLINK_FOLLOW));
    show("named");
    MUST(fstat(fd, &s));
    say("links %d\n", (int)s.st_nlink);
    int excluded = open(".", O_TMPFILE | O_RDWR | O_EXCL, 0600);
    MUST(excluded);
    snprintf(path, sizeof path, "/proc/self/fd/%d", excluded);
    say_result("link after O_EXCL", linkat(AT_FDCWD, path, AT_FDCWD, "other", AT_SYMLINK_FOLLOW));
    say_result("for reading", open(".", O_TMPFILE | O_RDONLY, 0600));
    return 0;
}
