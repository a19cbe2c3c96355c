/* a server that forks for each connection serves clients one after another and reaps its children. */
#include "observe_sockets.h"

enum { CLIENTS = 6 };

static void serve(int listener)
{
    for (int i = 0; i < CLIENTS; i++) {
        int fd = accept(listener, NULL, NULL);
        MUST(fd);
        pid_t child = fork();
        MUST(child);
        if (child == 0) {
            char text[32];
            close_fd(listener);
            for (ssize_t n; (n = read(fd, text, sizeof text)) > 0;) {
                for (ssize_t k = 0; k < n / 2; k++) {
                    char keep = text[k];
                    text[k] = text[n - 1 - k];
                    text[n - 1 - k] = keep;
                }
                MUST(write(fd, text, (size_t)n));
            }
            _exit(i);
        }
        close_fd(fd);
    }
    int sum = 0, status;
    while (wait(&status) > 0)
        sum += WEXITSTATUS(status);
    _exit(sum);
}

int main(void)
{
    struct address at = local_address("server.sock");
    int listener = listen_at(&at, 2), status;
    pid_t server = fork();
    MUST(server);
    if (server == 0)
        serve(listener);
    close_fd(listener);
    for (int i = 0; i < CLIENTS; i++) {
        char text[32];
        int fd = new_socket(AF_UNIX, SOCK_STREAM);
        MUST(connect_to(fd, &at));
        int n = snprintf(text, sizeof text, "client %d", i);
        MUST(write(fd, text, (size_t)n));
        say_read("answer", fd);
        MUST(shutdown(fd, SHUT_WR));
        say_read("end", fd);
        close_fd(fd);
    }
    MUST(waitpid(server, &status, 0));
    say("children's statuses: %d\n", WEXITSTATUS(status));
    MUST(unlink("server.sock"));
    return 0;
}
