/* Making and showing small files, for programs about files. */
#ifndef UNIBENCH_FILES_H
#define UNIBENCH_FILES_H

#include "observe.h"

static inline void put(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    MUST(fd);
    MUST(write(fd, text, strlen(text)));
    close_fd(fd);
}

static inline void show(const char *path)
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

#endif
