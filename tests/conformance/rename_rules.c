/* rename replaces files and empty directories, and nothing else. */
#include "files.h"
#include "observe.h"

int main(void)
{
    put("a", "A");
    put("b", "B");
    say_result("over a file", rename("a", "b"));
    show("b");
    say_result("source is gone", access("a", F_OK));
    MUST(mkdir("d", 0755));
    MUST(mkdir("e", 0755));
    put("e/x", "X");
    say_result("onto a full directory", rename("d", "e") < 0 && (errno == ENOTEMPTY || errno == EEXIST));
    say_result("onto an empty one", rename("e", "d"));
    show("d/x");
    say_result("file onto directory", rename("b", "d"));
    say_result("directory onto file", rename("d", "b"));
    say_result("into itself", rename("d", "d/sub"));
    say_result("missing", rename("none", "other"));
    say_result("same", rename("b", "b"));
    say_result("no replace", renameat2(AT_FDCWD, "b", AT_FDCWD, "d", RENAME_NOREPLACE));
    return 0;
}
