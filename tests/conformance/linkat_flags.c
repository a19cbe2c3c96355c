/* linkat of a symbolic link links the link itself, or its target with AT_SYMLINK_FOLLOW. */
#include "observe_files.h"

#include <sys/sysmacros.h>

static void kind(const char *path)
{
    struct stat s;
    if (lstat(path, &s) < 0)
        say_result(path, -1);
    else
        say("%s: %s, links %d\n", path, S_ISLNK(s.st_mode) ? "link" : "file", (int)s.st_nlink);
}

int main(void)
{
    put("f", "x");
    MUST(symlink("f", "l"));
    MUST(mkdir("d", 0755));
    int d = open("d", O_RDONLY | O_DIRECTORY);
    say_result("link of a link", link("l", "hl"));
    kind("hl");
    kind("f");
    say_result("followed", linkat(AT_FDCWD, "l", d, "hf", AT_SYMLINK_FOLLOW));
    kind("d/hf");
    kind("l");
    say_result("existing", linkat(AT_FDCWD, "f", d, "hf", 0));
    say_result("missing", link("none", "n"));
    say_result("directory", link("d", "n"));
    say_result("bad flag", linkat(AT_FDCWD, "f", d, "n", 0x4));
    say_result("below a file", link("f", "f/n"));
    say_result("dangling followed",
               symlink("none", "g") == 0 ? linkat(AT_FDCWD, "g", d, "n", AT_SYMLINK_FOLLOW) : 0);
    MUST(unlink("f"));
    kind("d/hf");
    show("d/hf");
    show("hl");
    return 0;
}
