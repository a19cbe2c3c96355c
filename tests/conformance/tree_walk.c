/* nftw, scandir, realpath and glob of the C library find their way through a tree with links. */
#include "observe_files.h"

#include <dirent.h>
#include <ftw.h>
#include <glob.h>

static int kinds[8], deepest;

static int visit(const char *path, const struct stat *s, int kind, struct FTW *at)
{
    (void)path;
    (void)s;
    kinds[kind]++;
    if (at->level > deepest)
        deepest = at->level;
    return 0;
}

int main(void)
{
    MUST(mkdir("t", 0755));
    MUST(mkdir("t/a", 0755));
    MUST(mkdir("t/a/b", 0755));
    put("t/one.c", "");
    put("t/two.c", "");
    put("t/a/b/three.h", "");
    MUST(symlink("a/b", "t/link"));
    MUST(symlink("none", "t/dangling"));
    say_result("nftw", nftw("t", visit, 8, FTW_PHYS));
    say("files %d, directories %d, links %d, deepest %d\n", kinds[FTW_F], kinds[FTW_D], kinds[FTW_SL],
        deepest);
    struct dirent **entries;
    int n = scandir("t", &entries, NULL, alphasort);
    for (int i = 0; i < n; i++)
        say("%s ", entries[i]->d_name);
    say("\n");
    char root[PATH_MAX], path[PATH_MAX];
    if (!realpath(".", root) || !realpath("t/link/../b/./three.h", path))
        return 1;
    say("realpath %s\n", path + strlen(root));
    say("dangling %s\n", realpath("t/dangling", path) ? path : error_name(errno));
    glob_t found;
    say("glob %d:", glob("t/*.[ch]", 0, NULL, &found));
    for (size_t i = 0; i < found.gl_pathc; i++)
        say(" %s", found.gl_pathv[i]);
    say("\n");
    return 0;
}
