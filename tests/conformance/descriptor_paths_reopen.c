/* /dev/fd/N and /proc/self/fd/N open a file anew with its own offset, and a pipe as the same pipe. */
#include "observe_files.h"

static char path[64];

static const char *of(const char *directory, int fd)
{
    snprintf(path, sizeof path, "%s/%d", directory, fd);
    return path;
}

int main(void)
{
    char text[8] = "", link[4096];
    int ends[2];
    make_pipe(ends);
    put("f", "0123456789");
    int fd = open("f", O_RDONLY);
    MUST(read(fd, text, 4));
    int again = open(of("/dev/fd", fd), O_RDWR);
    MUST(again);
    MUST(read(again, text, 2));
    say("own offset [%.2s], writable %d\n", text, (fcntl(again, F_GETFL) & O_ACCMODE) == O_RDWR);
    MUST(unlink("f"));
    ssize_t n = readlink(of("/proc/self/fd", fd), link, sizeof link - 1);
    MUST(n);
    link[n] = 0;
    say("link %s\n", strrchr(link, '/'));
    int unlinked = open(of("/proc/self/fd", fd), O_RDONLY);
    say("unlinked opens %d\n", unlinked >= 0);
    int reader = open(of("/dev/fd", ends[0]), O_RDONLY),
        writer = open(of("/proc/self/fd", ends[0]), O_WRONLY);
    MUST(reader);
    MUST(writer);
    send_byte(writer, 'w');
    say("same pipe %c\n", take_byte(ends[0]));
    n = readlink(of("/proc/self/fd", ends[1]), link, sizeof link - 1);
    say("pipe link %.6s\n", n > 6 ? link : "none");
    say_result("closed", open("/dev/fd/77", O_RDONLY));
    MUST(dup2(again, 0));
    int standard = open("/dev/stdin", O_RDONLY);
    MUST(read(standard, text, 3));
    say("stdin [%.3s]\n", text);
    return 0;
}
