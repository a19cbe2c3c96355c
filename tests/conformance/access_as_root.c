/* access as root: reading and writing always, executing only with an x bit; links are followed. */
#include "observe_files.h"

int main(void)
{
    say("root %d\n", geteuid() == 0);
    put("none", "");
    MUST(chmod("none", 0));
    put("group", "");
    MUST(chmod("group", 0010));
    MUST(mkdir("dir", 0));
    MUST(symlink("gone", "dangling"));
    MUST(symlink("group", "link"));
    say_result("R_OK of mode 0", access("none", R_OK));
    say_result("W_OK of mode 0", access("none", W_OK));
    say_result("X_OK of mode 0", access("none", X_OK));
    say_result("X_OK of one x bit", access("group", R_OK | W_OK | X_OK));
    say_result("X_OK of a directory", access("dir", X_OK));
    say_result("through a link", access("link", X_OK));
    say_result("dangling", access("dangling", F_OK));
    say_result("the link itself", faccessat(AT_FDCWD, "dangling", F_OK, AT_SYMLINK_NOFOLLOW));
    say_result("effective", faccessat(AT_FDCWD, "none", X_OK, AT_EACCESS));
    say_result("bad mode", access("none", 64));
    say_result("below a file", access("none/x", F_OK));
    say_result("missing", access("missing", F_OK));
    say_result("bad directory", faccessat(-5, "none", F_OK, 0));
    int fd = open("none", O_RDONLY);
    say_result("file as directory", faccessat(fd, "x", F_OK, 0));
    return 0;
}
