/* inotify of a directory: what is made, opened, written, moved and removed in it, in order. */
#include "observe_inotify.h"

int main(void)
{
    MUST(mkdir("watched", 0755));
    MUST(mkdir("other", 0755));
    int fd = inotify_init1(IN_NONBLOCK);
    MUST(fd);
    say_events("nothing yet", fd);
    say("watch %d\n", inotify_add_watch(fd, "watched", IN_ALL_EVENTS));
    put("watched/file", "text");
    say_events("written", fd);
    show("watched/file");
    say_events("read", fd);
    MUST(rename("watched/file", "watched/renamed"));
    say_events("renamed", fd);
    say("watch %d\n", inotify_add_watch(fd, "other", IN_MOVE | IN_CREATE));
    MUST(rename("watched/renamed", "other/away"));
    say_events("moved away", fd);
    MUST(chmod("other/away", 0600));
    say_events("not asked for", fd);
    MUST(rename("other/away", "watched/back"));
    say_events("moved back", fd);
    MUST(mkdir("watched/directory", 0755));
    MUST(symlink("back", "watched/link"));
    MUST(link("watched/back", "watched/second"));
    MUST(mkfifo("watched/fifo", 0600));
    say_events("made", fd);
    MUST(chmod("watched/back", 0640));
    MUST(truncate("watched/back", 1));
    MUST(utimensat(AT_FDCWD, "watched/second", NULL, 0));
    say_events("changed", fd);
    MUST(unlink("watched/back"));
    MUST(unlink("watched/second"));
    MUST(unlink("watched/link"));
    MUST(unlink("watched/fifo"));
    MUST(rmdir("watched/directory"));
    say_events("removed", fd);
    put("file", "outside");
    MUST(rename("file", "watched/over"));
    put("file", "outside");
    MUST(rename("file", "watched/over"));
    MUST(unlink("watched/over"));
    say_events("replaced", fd);
    MUST(rename("watched", "moved"));
    MUST(rmdir("moved"));
    MUST(rmdir("other"));
    say_events("gone", fd);
    say_events("and no more", fd);
    return 0;
}
