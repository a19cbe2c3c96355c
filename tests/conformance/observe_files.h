/* What the programs about files do again and again: make a small file, show one, copy the program itself. */
#ifndef UNIBENCH_OBSERVE_FILES_H
#define UNIBENCH_OBSERVE_FILES_H

#include "observe.h"

/* Makes or empties a file with this text in it. */
static inline void put(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    MUST(fd);
    MUST(write(fd, text, strlen(text)));
    close_fd(fd);
}

/* Says what is in a small file, or why it cannot be opened. */
static inline void show(const char *path)
{
    char text[512];
    int fd = open(path, O_RDONLY);
    if (fd < 0) {
        say_result(path, fd);
        return;
    }
    ssize_t n = read(fd, text, sizeof text - 1);
    MUST(n);
    say("%s: [%.*s]\n", path, (int)n, text);
    close_fd(fd);
}

/* Copies the running program to a file that can be executed. */
static inline void copy_self(const char *path)
{
    char buffer[65536];
    int in = open("/proc/self/exe", O_RDONLY), out = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0755);
    MUST(in);
    MUST(out);
    ssize_t n;
    while ((n = read(in, buffer, sizeof buffer)) > 0)
        MUST(write(out, buffer, (size_t)n));
    MUST(n);
    close_fd(in);
    close_fd(out);
}

static inline long size_of(const char *path)
{
    struct stat s;
    return stat(path, &s) < 0 ? -1 : (long)s.st_size;
}

#endif
