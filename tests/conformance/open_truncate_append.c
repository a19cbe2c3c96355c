/* O_TRUNC empties a file, O_APPEND writes at its end wherever the offset is. */
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
    put("f", "hello");
    int fd = open("f", O_WRONLY | O_APPEND);
    MUST(fd);
    MUST(lseek(fd, 0, SEEK_SET));
    MUST(write(fd, " world", 6));
    say_result("offset", lseek(fd, 0, SEEK_CUR));
    close_fd(fd);
    show("f");
    fd = open("f", O_WRONLY | O_TRUNC);
    MUST(fd);
    close_fd(fd);
    show("f");
    return 0;
}
