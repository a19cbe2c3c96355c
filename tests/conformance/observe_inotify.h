/* Showing inotify events, for programs about them. */
#ifndef UNIBENCH_INOTIFY_H
#define UNIBENCH_INOTIFY_H

#include "observe_files.h"
#include <sys/inotify.h>

static inline void say_event(const struct inotify_event *event, uint32_t *cookie)
{
    static const char *const names[] = {"ACCESS",        "MODIFY",  "ATTRIB",      "CLOSE_WRITE",
                                        "CLOSE_NOWRITE", "OPEN",    "MOVED_FROM",  "MOVED_TO",
                                        "CREATE",        "DELETE",  "DELETE_SELF", "MOVE_SELF",
                                        "0x1000",        "UNMOUNT", "Q_OVERFLOW",  "IGNORED"};
    say("  %d", event->wd);
    for (int i = 0; i < 16; i++)
        if (event->mask & 1U << i)
            say(" %s", names[i]);
    if (event->mask & IN_ISDIR)
        say(" (directory)");
    if (event->len)
        say(" %s", event->name);
    if (event->cookie)
        say(event->cookie == *cookie ? " (as before)" : " (something new)");
    *cookie = event->cookie;
    say("\n");
}

/* Everything that is there, at least one event. */
static inline void say_events(const char *what, int fd)
{
    union {
        struct inotify_event first;
        char bytes[8192];
    } buffer;
    say("%s:\n", what);
    ssize_t n = read(fd, &buffer, sizeof buffer);
    if (n < 0)
        say_result("  read", (int)n);
    uint32_t cookie = 0;
    for (ssize_t at = 0; at < n;) {
        const struct inotify_event *event = (const void *)(buffer.bytes + at);
        say_event(event, &cookie);
        at += (ssize_t)(sizeof *event + event->len);
    }
}

#endif
