/* inotify of a file: one watch by all its names, masks, IN_ONESHOT, its end with IN_IGNORED. */
#include "observe_inotify.h"

int main(void)
{
    put("file", "text");
    MUST(link("file", "second"));
    MUST(symlink("file", "link"));
    int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    MUST(fd);
    say("FD_CLOEXEC %d, flags %#x\n", fcntl(fd, F_GETFD), fcntl(fd, F_GETFL));
    say("file %d\n", inotify_add_watch(fd, "file", IN_MODIFY));
    say("second %d\n", inotify_add_watch(fd, "second", IN_ATTRIB));
    put("file", "other");
    say_events("only the last mask", fd);
    say("added to %d\n", inotify_add_watch(fd, "link", IN_MODIFY | IN_MASK_ADD));
    int file = open("second", O_WRONLY | O_APPEND);
    MUST(file);
    MUST(write(file, "1", 1));
    MUST(write(file, "2", 1));
    MUST(fchmod(file, 0600));
    MUST(ftruncate(file, 0));
    say_events("both", fd);
    say_result("IN_MASK_CREATE of a known one", inotify_add_watch(fd, "file", IN_MODIFY | IN_MASK_CREATE));
    say("the link itself %d\n", inotify_add_watch(fd, "link", IN_ALL_EVENTS | IN_DONT_FOLLOW));
    MUST(fchownat(AT_FDCWD, "link", getuid(), getgid(), AT_SYMLINK_NOFOLLOW));
    MUST(unlink("link"));
    say_events("a link", fd);
    say("once %d\n", inotify_add_watch(fd, "second", IN_MODIFY | IN_ONESHOT));
    MUST(write(file, "3", 1));
    MUST(fchmod(file, 0640));
    MUST(write(file, "4", 1));
    say_events("once", fd);
    int watch = inotify_add_watch(fd, "file", IN_ALL_EVENTS);
    say("again %d\n", watch);
    say("removed: %d\n", inotify_rm_watch(fd, watch));
    say_result("twice", inotify_rm_watch(fd, watch));
    say_events("removed", fd);
    say("for its end %d\n", inotify_add_watch(fd, "file", IN_DELETE_SELF | IN_MOVE_SELF | IN_ATTRIB));
    MUST(rename("file", "renamed"));
    MUST(unlink("renamed"));
    MUST(unlink("second"));
    say_events("without names", fd);
    close_fd(file);
    say_events("and closed", fd);
    say_events("and no more", fd);
    return 0;
}
