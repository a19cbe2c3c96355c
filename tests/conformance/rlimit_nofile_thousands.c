/* with a higher RLIMIT_NOFILE a process opens thousands of files and pipes, which fork, vfork and exec keep, and poll takes. */
#include "observe.h"

#include <sys/epoll.h>

enum { MOST = 4000, HIGH = 3900 };

static int last_open(void)
{
    int last = -1;
    for (int fd = 0; fd < MOST; fd++)
        if (fcntl(fd, F_GETFD) >= 0)
            last = fd;
    return last;
}

static void in_child(void)
{
    say("in a child the last is %d\n", last_open());
    send_byte(HIGH + 1, 'c');
    close_fd(HIGH);
    say("there it is closed: %d\n", last_open());
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        say("after exec the last is %d\n", last_open());
        say("from its pipe comes %c\n", take_byte(HIGH));
        return 0;
    }
    struct rlimit limit;
    MUST(getrlimit(RLIMIT_NOFILE, &limit));
    limit.rlim_cur = MOST;
    say_result("the soft limit", setrlimit(RLIMIT_NOFILE, &limit));
    int count = 0, fd, ends[2];
    while ((fd = dup(STDOUT_FILENO)) >= 0)
        count = fd;
    say_result("one more", fd);
    say("highest: %d\n", count);
    say_result("beyond", dup2(STDOUT_FILENO, MOST));
    for (fd = 3; fd < MOST; fd++)
        close_fd(fd);
    make_pipe(ends);
    MUST(dup2(ends[0], HIGH));
    MUST(dup2(ends[1], HIGH + 1));
    close_fd(ends[0]);
    say_status("child", run_child(in_child));
    say("its byte: %c\n", take_byte(HIGH));

    pid_t child = vfork();
    if (child == 0) {
        close(HIGH + 1);
        _exit(fcntl(HIGH + 1, F_GETFD) < 0 ? 0 : 1);
    }
    say_status("vfork child", reap(child));
    say("here it is still open: %d\n", fcntl(HIGH + 1, F_GETFD) == 0);

    static struct pollfd all[MOST];
    for (fd = 0; fd < MOST; fd++)
        all[fd] = (struct pollfd){fd == 1000 ? HIGH : -1, POLLIN, 0};
    send_byte(ends[1], 'e');
    say_result("poll of thousands", poll(all, MOST, 0));
    say("its events: %d\n", all[1000].revents);
    int set = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = HIGH};
    say_result("in a set", epoll_ctl(set, EPOLL_CTL_ADD, HIGH, &event));
    say_result("ready", epoll_wait(set, &event, 1, 0));
    close_fd(set);
    MUST(fcntl(ends[1], F_SETFD, FD_CLOEXEC));
    execl("/proc/self/exe", argv[0], "exec", NULL);
    return 1;
}
