/* inotify's errors and small rules: masks, descriptors, paths, short buffers, FIONREAD. */
#include "observe_inotify.h"

int main(void)
{
    put("file", "text");
    MUST(mkdir("directory", 0755));
    MUST(symlink("directory", "link"));
    MUST(symlink("nowhere", "broken"));
    say_result("flags", inotify_init1(1));
    int fd = inotify_init(), pipe_ends[2], plain = open("file", O_RDONLY), path = open("file", O_PATH);
    MUST(fd);
    MUST(pipe(pipe_ends));
    say("FD_CLOEXEC %d, flags %#x\n", fcntl(fd, F_GETFD), fcntl(fd, F_GETFL));
    MUST(fcntl(fd, F_SETFL, O_NONBLOCK));
    say_result("no mask", inotify_add_watch(fd, "file", 0));
    say_result("no such bits", inotify_add_watch(fd, "file", 0x08000000));
    say_result("no mask, no descriptor", inotify_add_watch(-1, "file", 0));
    say_result("no descriptor", inotify_add_watch(-1, "file", IN_OPEN));
    say_result("a file", inotify_add_watch(plain, "file", IN_OPEN));
    say_result("a pipe", inotify_add_watch(pipe_ends[0], "file", IN_OPEN));
    say_result("a path", inotify_add_watch(path, "file", IN_OPEN));
    say_result("added and made", inotify_add_watch(fd, "file", IN_OPEN | IN_MASK_ADD | IN_MASK_CREATE));
    say_result("nothing there", inotify_add_watch(fd, "nothing", IN_OPEN));
    say_result("an empty path", inotify_add_watch(fd, "", IN_OPEN));
    say_result("a bad path", inotify_add_watch(fd, (const char *)16, IN_OPEN));
    say_result("through a file", inotify_add_watch(fd, "file/x", IN_OPEN));
    say_result("a file with a slash", inotify_add_watch(fd, "file/", IN_OPEN));
    say_result("not a directory", inotify_add_watch(fd, "file", IN_OPEN | IN_ONLYDIR));
    say_result("a broken link", inotify_add_watch(fd, "broken", IN_OPEN));
    say("a link to a directory %d\n", inotify_add_watch(fd, "link", IN_OPEN | IN_ONLYDIR));
    say_result("a link is none", inotify_add_watch(fd, "link", IN_OPEN | IN_ONLYDIR | IN_DONT_FOLLOW));
    say("a link %d\n", inotify_add_watch(fd, "link", IN_DONT_FOLLOW));
    say("with dots %d\n", inotify_add_watch(fd, "./directory/../file", IN_OPEN));
    char name[32];
    snprintf(name, sizeof name, "/proc/self/fd/%d", plain);
    say("by its descriptor %d\n", inotify_add_watch(fd, name, IN_OPEN));
    say("a link in /proc is none %d\n", inotify_add_watch(fd, name, IN_OPEN | IN_ONLYDIR) < 0);
    snprintf(name, sizeof name, "/dev/fd/%d", path);
    say("by a path of it %d\n", inotify_add_watch(fd, name, IN_OPEN));
    say_result("no such watch", inotify_rm_watch(fd, 77));
    say_result("a negative watch", inotify_rm_watch(fd, -1));
    say_result("a watch of no descriptor", inotify_rm_watch(-1, 1));
    say_result("a watch of a file", inotify_rm_watch(plain, 1));
    say_result("a watch of a pipe", inotify_rm_watch(pipe_ends[1], 1));
    char small[16];
    int available = -1;
    say_result("nothing to read", (int)read(fd, small, sizeof small));
    MUST(ioctl(fd, FIONREAD, &available));
    say("available %d\n", available);
    close_fd(open("file", O_RDONLY));
    put("directory/a", "1");
    MUST(ioctl(fd, FIONREAD, &available));
    say("available %d\n", available);
    ssize_t n = read(fd, small, sizeof small);
    say("exactly one: %zd\n", n);
    say_result("too small", (int)read(fd, small, sizeof small));
    say_events("the other", fd);
    say_result("write", (int)write(fd, small, sizeof small));
    say("lseek %d\n", (int)lseek(fd, 0, SEEK_CUR));
    say_result("pread", (int)pread(fd, small, sizeof small, 0));
    say_result("ftruncate", ftruncate(fd, 0));
    if (getuid() != 0) {
        MUST(chmod("file", 0));
        say_result("unreadable", inotify_add_watch(fd, "file", IN_OPEN));
    } else {
        MUST(chmod("file", 0));
        MUST(setegid(65534));
        MUST(seteuid(65534));
        say_result("unreadable", inotify_add_watch(fd, "file", IN_OPEN));
    }
    return 0;
}
