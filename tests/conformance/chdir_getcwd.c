/* chdir changes where relative paths start, for this process and its later children. */
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
