/* link adds a name to a file; directories and missing files have none to give. */
#include "files.h"
#include "observe.h"

int main(void)
{
    struct stat status;
    put("f", "x");
    say_result("link", link("f", "g"));
    MUST(stat("f", &status));
    say("%ld links\n", (long)status.st_nlink);
    say_result("exists", link("f", "g"));
    MUST(mkdir("d", 0755));
    say_result("directory", link("d", "e"));
    say_result("missing", link("none", "h"));
    MUST(unlink("f"));
    MUST(stat("g", &status));
    say("%ld links\n", (long)status.st_nlink);
    MUST(symlink("g", "s"));
    MUST(link("s", "t"));
    MUST(lstat("t", &status));
    say("a link's link is a link: %d\n", S_ISLNK(status.st_mode));
    MUST(linkat(AT_FDCWD, "s", AT_FDCWD, "u", AT_SYMLINK_FOLLOW));
    MUST(lstat("u", &status));
    say("following it is not: %d\n", S_ISREG(status.st_mode));
    return 0;
}
