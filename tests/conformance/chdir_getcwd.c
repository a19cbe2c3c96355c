/* chdir changes where relative paths start, for this process and its later children. */
#include "files.h"
#include "observe.h"

int main(void)
{
    char before[512], after[512];
    MUST(mkdir("a", 0755));
    MUST(mkdir("a/b", 0755));
    if (!getcwd(before, sizeof before))
        return 1;
    MUST(chdir("a/b"));
    if (!getcwd(after, sizeof after))
        return 1;
    say("moved by %s\n", after + strlen(before));
    put("f", "here");
    MUST(chdir(".."));
    show("b/f");
    pid_t child = fork_child();
    if (child == 0) {
        show("b/f");
        MUST(chdir("b"));
        _exit(0);
    }
    reap(child);
    show("b/f");
    MUST(chdir("/"));
    say("%s\n", getcwd(after, sizeof after));
    MUST(chdir(".."));
    say("%s\n", getcwd(after, sizeof after));
    say_result("small buffer", getcwd(after, 1) != NULL);
    MUST(chdir(before));
    say_result("missing", chdir("none"));
    say_result("file", chdir("a/b/f"));
    MUST(symlink("a/b", "l"));
    MUST(chdir("l"));
    say("through a link: %s\n", getcwd(after, sizeof after) + strlen(before));
    MUST(chdir(".."));
    say("its parent: %s\n", getcwd(after, sizeof after) + strlen(before));
    return 0;
}
