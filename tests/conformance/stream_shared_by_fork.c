/* a connection belongs to all who inherit it: it ends with the last, and workers share a listener. */
#include "observe_sockets.h"

enum { WORKERS = 3, CLIENTS = 12 };

static void serve(int listener)
{
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        MUST(fd);
        int byte = take_byte(fd);
        send_byte(fd, (char)(byte + 1));
        close_fd(fd);
        if (byte == 'q')
            _exit(0);
    }
}

static int ask(const struct address *at, char what)
{
    int fd = new_socket(at->at.any.sa_family, SOCK_STREAM);
    MUST(connect_to(fd, at));
    send_byte(fd, what);
    int answer = take_byte(fd);
    close_fd(fd);
    return answer;
}

static void test(int family)
{
    struct address at = family == AF_UNIX ? local_address("server") : loopback_address(family, 0);
    int listener = listen_at(&at, 16), ends[2], right = 0;
    pid_t workers[WORKERS];
    for (int i = 0; i < WORKERS; i++) {
        workers[i] = fork_child();
        if (workers[i] == 0)
            serve(listener);
    }
    close_fd(listener);
    for (int i = 0; i < CLIENTS; i++)
        right += ask(&at, (char)('a' + i)) == 'b' + i;
    say("%d right\n", right);
    for (int i = 0; i < WORKERS; i++)
        say("%c\n", ask(&at, 'q'));
    for (int i = 0; i < WORKERS; i++)
        say_status("worker", reap(workers[i]));
    int fd = new_socket(family, SOCK_STREAM);
    say_result("after all", connect_to(fd, &at));
    connected_pair(family, ends);
    pid_t child = fork_child();
    if (child == 0) {
        close_fd(ends[0]);
        say("child got %c\n", take_byte(ends[1]));
        MUST(write(ends[1], "from child", 10));
        _exit(0);
    }
    close_fd(ends[1]);
    send_byte(ends[0], 'c');
    say_status("child", reap(child));
    say_read("bytes", ends[0]);
    say_read("end", ends[0]);
}

int main(void)
{
    with_families(test);
    return 0;
}
