/* a private mapping shows the file; writes to it stay in the process. */
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
    put("f", "hello, file");
    int fd = open("f", O_RDONLY);
    char *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    close_fd(fd);
    say("%s %d\n", at, at[100]);
    memcpy(at, "HELLO", 5);
    say("%s\n", at);
    pid_t child = fork_child();
    if (child == 0) {
        memcpy(at, "child", 5);
        say("%s\n", at);
        _exit(0);
    }
    reap(child);
    say("%s\n", at);
    show("f");
    say_result("munmap", munmap(at, 4096));
    return 0;
}
