/* a blocked writer of a full socket goes on as the reader drains it: a megabyte arrives in order. */
#include "observe.h"

#include <sys/socket.h>

int main(void)
{
    static unsigned char buffer[1 << 20];
    int ends[2];
    MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
    pid_t child = fork_child();
    if (child == 0) {
        close_fd(ends[0]);
        for (size_t i = 0; i < sizeof buffer; i++)
            buffer[i] = (unsigned char)(i * 7 + i / 251);
        say_result("write", write(ends[1], buffer, sizeof buffer));
        _exit(0);
    }
    close_fd(ends[1]);
    size_t total = 0, wrong = 0;
    ssize_t n;
    while ((n = read(ends[0], buffer, 5000)) > 0) {
        for (ssize_t i = 0; i < n; i++, total++)
            wrong += buffer[i] != (unsigned char)(total * 7 + total / 251);
    }
    MUST(n);
    say_status("child", reap(child));
    say("%zu bytes, %zu wrong\n", total, wrong);
    return 0;
}
