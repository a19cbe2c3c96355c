/* links to directories, relative and absolute, `..` after a link, and chains of links. */
#include "files.h"
#include "observe.h"

int main(void)
{
    char root[512], path[600];
    MUST(mkdir("a", 0755));
    MUST(mkdir("a/b", 0755));
    put("a/f", "in a");
    put("a/b/g", "in b");
    MUST(symlink("a/b", "rel"));
    if (!getcwd(root, sizeof root))
        return 1;
    snprintf(path, sizeof path, "%s/a", root);
    MUST(symlink(path, "abs"));
    MUST(symlink("rel", "chain1"));
    MUST(symlink("chain1", "chain2"));
    show("rel/g");
    show("rel/../f");
    show("abs/b/g");
    show("chain2/g");
    show("chain2/../../a/f");
    show("./a/./b//g");
    MUST(symlink("none", "dangling"));
    show("dangling");
    put("dangling", "made");
    show("none");
    MUST(symlink("b/g", "a/up"));
    show("a/up");
    return 0;
}
