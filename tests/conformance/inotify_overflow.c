/* a full inotify queue loses events, says so once with IN_Q_OVERFLOW, and goes on. */
#include "observe_inotify.h"

int main(void)
{
    static union {
        struct inotify_event first;
        char bytes[1 << 16];
    } buffer;
    put("file", "text");
    int fd = inotify_init1(IN_NONBLOCK), seen = 0;
    MUST(inotify_add_watch(fd, "file", IN_OPEN | IN_CLOSE));
    for (int i = 0; i < 9000; i++) /* no two events in a row are the same: none are joined */
        close_fd(open("file", O_RDONLY));
    ssize_t n;
    while ((n = read(fd, &buffer, sizeof buffer)) > 0)
        for (ssize_t at = 0; at < n;) {
            const struct inotify_event *event = (const void *)(buffer.bytes + at);
            at += (ssize_t)(sizeof *event + event->len);
            if (event->mask & IN_Q_OVERFLOW)
                say("overflow %d, watch %d, %s\n", ++seen, event->wd, at == n ? "the last" : "in between");
        }
    close_fd(open("file", O_RDONLY));
    say_events("afterwards", fd);
    return 0;
}
