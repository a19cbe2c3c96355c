/* unlinkat with and without AT_REMOVEDIR; `.`, `..` and full directories cannot be removed. */
#include "observe_files.h"

int main(void)
{
    MUST(mkdir("d", 0755));
    MUST(mkdir("d/e", 0755));
    put("d/f", "x");
    MUST(symlink("e", "d/l"));
    int d = open("d", O_RDONLY | O_DIRECTORY);
    say_result("directory without the flag", unlinkat(d, "e", 0));
    say_result("file with the flag", unlinkat(d, "f", AT_REMOVEDIR));
    say_result("link with the flag", unlinkat(d, "l", AT_REMOVEDIR));
    say_result("full directory", unlinkat(AT_FDCWD, "d", AT_REMOVEDIR));
    say_result("dot", rmdir("d/e/."));
    say_result("dot dot", rmdir("d/e/.."));
    say_result("bad flag", unlinkat(d, "f", 0x1));
    say_result("missing", unlinkat(d, "none", 0));
    say_result("empty path", unlinkat(d, "", 0));
    say_result("mkdir dot", mkdir("d/.", 0755));
    say_result("mkdir over a link", mkdir("d/l", 0755));
    say_result("link", unlinkat(d, "l", 0));
    say_result("file", unlinkat(d, "f", 0));
    say_result("directory", unlinkat(d, "e", AT_REMOVEDIR));
    say_result("its parent", rmdir("d"));
    return 0;
}
