/* rename, rmdir and unlink of what names a directory itself: ., .. and the root. */
#include "observe_files.h"

static void try(const char *path)
{
    say("%s\n", path);
    say_result("  rmdir", rmdir(path));
    say_result("  unlink", unlink(path));
    say_result("  rename", rename(path, "new"));
    say_result("  rename to", rename("d", path));
}

int main(void)
{
    MUST(mkdir("d", 0755));
    MUST(mkdir("d/e", 0755));
    put("f", "");
    try(".");
    try("..");
    try("/");
    try("d/.");
    try("d/..");
    try("d/e/..");
    try("nope/.");
    try("f/.");
    say_result("a link", mknod("link", S_IFLNK | 0777, 0));
    say_result("no kind", mknod("none", 0130000, 0));
    return 0;
}
