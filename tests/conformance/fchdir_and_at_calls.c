/* paths relative to an open directory: openat, mkdirat, unlinkat, renameat, fstatat, fchdir. */
#include "files.h"
#include "observe.h"

int main(void)
{
    MUST(mkdir("d", 0755));
    int d = open("d", O_RDONLY | O_DIRECTORY);
    MUST(d);
    int fd = openat(d, "f", O_CREAT | O_WRONLY, 0644);
    MUST(fd);
    MUST(write(fd, "in d", 4));
    close_fd(fd);
    show("d/f");
    say_result("mkdirat", mkdirat(d, "e", 0755));
    say_result("renameat", renameat(d, "f", d, "e/g"));
    show("d/e/g");
    struct stat status;
    say_result("fstatat", fstatat(d, "e/g", &status, 0));
    say_result("linkat", linkat(d, "e/g", d, "h", 0));
    say_result("symlinkat", symlinkat("h", d, "s"));
    char text[8] = "";
    say_result("readlinkat", readlinkat(d, "s", text, sizeof text));
    say_result("unlinkat", unlinkat(d, "s", 0));
    say_result("unlinkat a directory", unlinkat(d, "e", AT_REMOVEDIR) < 0);
    say_result("up and out of it", faccessat(d, "../d/h", R_OK, 0));
    say_result("fchdir", fchdir(d));
    show("h");
    fd = open("h", O_RDONLY);
    say_result("relative to a file", openat(fd, "x", O_RDONLY));
    say_result("fchdir to a file", fchdir(fd));
    say_result("bad descriptor", openat(99, "x", O_RDONLY));
    say_result("absolute ignores it", faccessat(99, "/", F_OK, 0));
    return 0;
}
