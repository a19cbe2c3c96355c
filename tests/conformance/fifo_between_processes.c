/* a FIFO joins processes by name: open waits for the other side, EOF comes with the last writer. */
#include "observe.h"

int main(void)
{
    char text[32];
    MUST(mkfifo("p", 0600));
    pid_t child = fork_child();
    if (child == 0) {
        int out = open("p", O_WRONLY);
        MUST(write(out, "first", 5));
        close_fd(out);
        _exit(0);
    }
    int in = open("p", O_RDONLY);
    ssize_t n, total = 0;
    while ((n = read(in, text + total, sizeof text - (size_t)total)) > 0)
        total += n;
    say("%.*s, then %ld\n", (int)total, text, (long)n);
    reap(child);
    struct stat status;
    MUST(stat("p", &status));
    say("fifo %d\n", S_ISFIFO(status.st_mode));
    child = fork_child();
    if (child == 0) {
        int out = open("p", O_WRONLY);
        MUST(write(out, "again", 5));
        _exit(0);
    }
    n = read(in, text, sizeof text);
    if (n == 0) {
        struct pollfd wait = {in, POLLIN, 0};
        while ((n = read(in, text, sizeof text)) == 0)
            poll(&wait, 1, 1);
    }
    say("%.*s\n", (int)n, text);
    reap(child);
    return 0;
}
