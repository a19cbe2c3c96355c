/* accept, connect, read and write on sockets that wait are interrupted by a handler, or go on with SA_RESTART. */
#include "observe_sockets.h"

static void nothing(int number)
{
    (void)number;
}

static void test(int family)
{
    static char block[1 << 22];
    struct address at = family == AF_UNIX ? local_address("server") : loopback_address(family, 0);
    int listener = listen_at(&at, 0), ends[2];
    connected_pair(family, ends);
    handle(SIGALRM, nothing, 0);
    repeat_timer(ITIMER_REAL, 20);
    say_result("accept", accept(listener, NULL, NULL));
    say_read("read", ends[0]);
    say("write %d\n", write(ends[0], block, sizeof block) < (ssize_t)sizeof block);
    repeat_timer(ITIMER_REAL, 0);
    handle(SIGALRM, nothing, SA_RESTART);
    repeat_timer(ITIMER_REAL, 5);
    pid_t child = fork_child();
    if (child == 0) {
        int fd = new_socket(family, SOCK_STREAM);
        struct timespec a_while = {0, 30000000};
        nanosleep(&a_while, NULL);
        MUST(connect_to(fd, &at));
        send_byte(fd, 'y');
        take_byte(fd);
        _exit(0);
    }
    int fd = accept(listener, NULL, NULL);
    say("accept %d\n", fd >= 0);
    say("%c\n", take_byte(fd));
    close_fd(fd);
    repeat_timer(ITIMER_REAL, 0);
    int status;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    say_status("child", status);
    close_fd(listener);
}

int main(void)
{
    with_families(test);
    return 0;
}
