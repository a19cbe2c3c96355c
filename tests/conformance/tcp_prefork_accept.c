/* children that all wait in accept of one listener each get some connection; every connection is served once. */
#include "observe_sockets.h"

enum { WORKERS = 3, CLIENTS = 12 };

int main(void)
{
    struct address at = loopback_address(AF_INET, 0);
    int listener = listen_at(&at, 16), served = 0, status;
    for (int w = 0; w < WORKERS; w++) {
        pid_t child = fork();
        MUST(child);
        if (child != 0)
            continue;
        for (int count = 0;; count++) {
            char byte;
            int fd = accept(listener, NULL, NULL);
            MUST(fd);
            MUST(read(fd, &byte, 1));
            if (byte == 'q')
                _exit(count);
            MUST(write(fd, "y", 1));
            close_fd(fd);
        }
    }
    for (int i = 0; i < CLIENTS; i++) {
        char byte = 0;
        int fd = new_socket(AF_INET, SOCK_STREAM);
        MUST(connect_to(fd, &at));
        MUST(write(fd, "x", 1));
        MUST(read(fd, &byte, 1));
        if (byte != 'y')
            say("wrong answer\n");
        close_fd(fd);
    }
    for (int w = 0; w < WORKERS; w++) {
        int fd = new_socket(AF_INET, SOCK_STREAM);
        MUST(connect_to(fd, &at));
        MUST(write(fd, "q", 1));
        MUST(wait(&status));
        served += WEXITSTATUS(status);
        close_fd(fd);
    }
    say("%d served\n", served);
    return 0;
}
