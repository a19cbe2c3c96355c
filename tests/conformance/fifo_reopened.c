/* a FIFO goes on with its next writer; O_RDWR never blocks; unread bytes go with the last descriptor. */
#include "observe_files.h"

static pid_t writer(const char *text)
{
    pid_t child = fork_child();
    if (child == 0) {
        int fd = open("p", O_WRONLY);
        MUST(fd);
        MUST(write(fd, text, strlen(text)));
        _exit(0);
    }
    return child;
}

int main(void)
{
    char text[16];
    MUST(mkfifo("p", 0600));
    say_result("again", mkfifo("p", 0600));
    for (int i = 0; i < 3; i++) {
        pid_t child = writer(i == 0 ? "first" : i == 1 ? "second" : "third");
        int fd = open("p", O_RDONLY);
        ssize_t n = read(fd, text, sizeof text);
        say("[%.*s]", (int)n, text);
        say(" then %ld\n", (long)read(fd, text, sizeof text));
        close_fd(fd);
        reap(child);
    }
    int both = open("p", O_RDWR);
    MUST(write(both, "own", 3));
    MUST(read(both, text, 3));
    say("[%.3s]\n", text);
    MUST(write(both, "lost", 4));
    close_fd(both);
    int fd = open("p", O_RDONLY | O_NONBLOCK);
    say_result("after the last has closed", read(fd, text, sizeof text));
    struct stat s;
    MUST(stat("p", &s));
    say("fifo %d, size %ld, mode %o\n", S_ISFIFO(s.st_mode), (long)s.st_size, (unsigned)(s.st_mode & 07777));
    MUST(unlink("p"));
    int gone = open("p", O_RDONLY | O_NONBLOCK);
    say_result("unlinked", gone);
    say_result("lseek", lseek(fd, 0, SEEK_SET));
    return 0;
}
