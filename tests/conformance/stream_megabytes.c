/* megabytes go through a connection both ways at once, in order, with every size of call. */
#include "observe_sockets.h"

enum { BYTES = 3 << 20 };

static unsigned char pattern(size_t at, int salt)
{
    return (unsigned char)(at * 7 + at / 251 + (size_t)salt);
}

static void writer(int fd, int salt)
{
    static unsigned char block[70000];
    for (size_t at = 0, size = 1; at < BYTES; size = size * 3 % 65537 + 1) {
        size_t n = size < BYTES - at ? size : BYTES - at;
        for (size_t i = 0; i < n; i++)
            block[i] = pattern(at + i, salt);
        ssize_t done = write(fd, block, n);
        MUST(done);
        at += (size_t)done;
    }
    MUST(shutdown(fd, SHUT_WR));
}

static void reader(int fd, int salt)
{
    static unsigned char block[50000];
    size_t at = 0, wrong = 0;
    ssize_t n;
    while ((n = read(fd, block, at % sizeof block + 1)) > 0)
        for (ssize_t i = 0; i < n; i++, at++)
            wrong += block[i] != pattern(at, salt);
    MUST(n);
    say("%zu bytes %zu wrong\n", at, wrong);
}

static void test(int family)
{
    int ends[2];
    pid_t children[3];
    connected_pair(family, ends);
    for (int i = 0; i < 3; i++) {
        children[i] = fork_child();
        if (children[i] == 0) {
            if (i == 2)
                reader(ends[0], 1);
            else
                writer(ends[i], i);
            _exit(0);
        }
    }
    close_fd(ends[0]);
    MUST(waitpid(children[1], NULL, 0));
    MUST(waitpid(children[2], NULL, 0));
    reader(ends[1], 0);
    MUST(waitpid(children[0], NULL, 0));
}

int main(void)
{
    with_families(test);
    return 0;
}
