/* a moved directory keeps contents and descriptors; the working directory moves with it. */
#include "observe_files.h"

static void tail_of_cwd(const char *what, size_t root)
{
    char path[4096];
    say("%s: %s\n", what, getcwd(path, sizeof path) ? path + root : error_name(errno));
}

int main(void)
{
    char root[4096];
    if (!getcwd(root, sizeof root))
        return 1;
    size_t length = strlen(root);
    MUST(mkdir("a", 0755));
    MUST(mkdir("a/in", 0755));
    MUST(mkdir("b", 0755));
    put("a/in/f", "inside");
    put("b/mark", "in b");
    MUST(chdir("a/in"));
    int here = open(".", O_RDONLY | O_DIRECTORY);
    tail_of_cwd("before", length);
    MUST(rename("../../a/in", "../../b/moved"));
    tail_of_cwd("after", length);
    show("f");
    show("../mark");
    int f = openat(here, "f", O_RDONLY);
    say("through the descriptor %d\n", f >= 0);
    MUST(chdir(root));
    say_result("gone", open("a/in/f", O_RDONLY));
    say_result("exchange", renameat2(AT_FDCWD, "a", AT_FDCWD, "b", RENAME_EXCHANGE));
    show("a/moved/f");
    say_result("into a child", rename("a", "a/moved/x"));
    say_result("onto its parent", rename("a/moved", "a"));
    say_result("both flags", renameat2(AT_FDCWD, "a", AT_FDCWD, "c", RENAME_EXCHANGE | RENAME_NOREPLACE));
    say_result("exchange with nothing", renameat2(AT_FDCWD, "a", AT_FDCWD, "c", RENAME_EXCHANGE));
    return 0;
}
