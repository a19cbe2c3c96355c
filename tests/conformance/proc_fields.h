/* Reading a file of /proc whole, and finding a line in it. */
#ifndef UNIBENCH_PROC_FIELDS_H
#define UNIBENCH_PROC_FIELDS_H

#include "observe.h"

#define PROC_TEXT 262144

/* A vector of strings, as exec wants it. */
#define STRINGS(...) ((char *const *)(uintptr_t)(const char *[]){__VA_ARGS__, NULL})

/* The whole text; NULL where it does not open. The next call uses the same memory. */
static inline char *proc_text(const char *path)
{
    static char text[PROC_TEXT];
    int fd = open(path, O_RDONLY);
    if (fd < 0)
        return NULL;
    size_t length = 0;
    ssize_t n;
    while ((n = read(fd, text + length, sizeof text - 1 - length)) > 0)
        length += (size_t)n;
    MUST(n);
    text[length] = 0;
    close_fd(fd);
    return text;
}

/* What follows `name:` and blanks on its line; NULL if there is none. The next call uses the same memory. */
static inline char *proc_field(const char *path, const char *name)
{
    static char value[4096];
    char *line = proc_text(path);
    size_t length = strlen(name);
    while (line && *line) {
        char *end = strchrnul(line, '\n');
        if (!strncmp(line, name, length) && line[length] == ':') {
            line += length + 1;
            line += strspn(line, " \t");
            snprintf(value, sizeof value, "%.*s", (int)(end - line), line);
            return value;
        }
        line = *end ? end + 1 : end;
    }
    return NULL;
}

static inline unsigned long long proc_number(const char *path, const char *name, int base)
{
    char *value = proc_field(path, name);
    return value ? strtoull(value, NULL, base) : ~0ULL;
}

static inline void proc_write(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY);
    say_result(path, fd < 0 ? fd : write(fd, text, strlen(text)));
    if (fd >= 0)
        close_fd(fd);
}

#endif
