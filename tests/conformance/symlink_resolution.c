/* links to directories, relative and absolute, `..` after a link, and chains of links. */
#include "observe.h"

static void put(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    MUST(fd);
    MUST(write(fd, text, strlen(text)));
    close_fd(fd);
}

static void show(const char *path)
{
    char text[256];
    int fd = open(path, O_RDONLY);
    if (fd < 0) {
        say_result(path, fd);
        return;
    }
    ssize_t n = read(fd, text, sizeof text - 1);
    MUST(n);
    text[n] = 0;
    say("%s: [%s]\n", path, text);
    close_fd(fd);
}

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
