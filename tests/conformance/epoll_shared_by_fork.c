/* fork shares an epoll set: changes by either process hold for both, each event is given once. */
#include "observe.h"
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>

static int set, turn[2], done[2];

static void control(int operation, int fd, uint32_t events, uint64_t data)
{
    struct epoll_event event = {.events = events, .data.u64 = data};
    say_result("epoll_ctl", epoll_ctl(set, operation, fd, &event));
}

static void look(const char *who, int timeout)
{
    struct epoll_event found[8];
    int count = epoll_wait(set, found, 8, timeout);
    say("%s: %d\n", who, count);
    for (int i = 0; i < count; i++)
        say("  %d has %x\n", (int)found[i].data.u64, found[i].events);
}

/* Lets the child take one step, and waits for its end. */
static void step(void)
{
    send_byte(turn[1], 0);
    take_byte(done[0]);
}

static void next(void)
{
    static int steps;
    if (steps++)
        send_byte(done[1], 0);
    take_byte(turn[0]);
}

int main(void)
{
    int a[2], b[2], inner_pipe[2], event = eventfd(0, EFD_NONBLOCK);
    char bytes[16];
    say_result("pipes", pipe(a) | pipe(b) | pipe(inner_pipe) | pipe(turn) | pipe(done));
    set = epoll_create1(0);
    int inner = epoll_create1(0);
    struct epoll_event of_inner = {.events = EPOLLIN, .data.u64 = 99};
    say_result("inner", epoll_ctl(inner, EPOLL_CTL_ADD, inner_pipe[0], &of_inner));
    control(EPOLL_CTL_ADD, a[0], EPOLLIN, 1);
    control(EPOLL_CTL_ADD, event, EPOLLIN | EPOLLET, 2);
    eventfd_write(event, 1);
    look("the edge, before fork", 0);

    pid_t child = fork();
    if (child == 0) {
        next();
        control(EPOLL_CTL_ADD, b[0], EPOLLIN | EPOLLET, 3);
        send_byte(b[1], 'x');
        next();
        look("child, edge", 0);
        next();
        control(EPOLL_CTL_MOD, a[0], EPOLLIN | EPOLLONESHOT, 4);
        send_byte(a[1], 'y');
        look("child, once", 0);
        next();
        control(EPOLL_CTL_MOD, a[0], EPOLLIN, 5);
        next();
        control(EPOLL_CTL_DEL, a[0], 0, 0);
        next();
        send_byte(inner_pipe[1], 'z');
        next();
        close(b[0]);
        next();
        eventfd_write(event, 7);
        next();
        _exit(0);
    }
    look("nothing is new after fork", 0);
    step(); /* adds b and writes */
    look("added by the child", -1);
    step();
    look("reported once", 0);
    step();
    look("shot", 0);
    step();
    look("again", -1);
    struct pollfd of_set = {set, POLLIN, 0};
    say_result("poll of the set", poll(&of_set, 1, -1));
    step();
    look("removed", 0);
    say_result("poll of the set", poll(&of_set, 1, 0));
    control(EPOLL_CTL_DEL, a[0], 0, 0);
    control(EPOLL_CTL_ADD, inner, EPOLLIN, 6);
    step();
    look("nested", -1);
    control(EPOLL_CTL_DEL, inner, 0, 0);
    /* Closed here and open there: it stays. */
    say_result("read", read(b[0], bytes, sizeof bytes));
    int number = b[0];
    close(b[0]);
    say_result("write", write(b[1], "w", 1));
    look("closed in one of two", -1);
    say_result("write", write(b[1], "w", 1));
    step();
    look("closed in both", 0);
    signal(SIGPIPE, SIG_IGN);
    say_result("write without a reader", write(b[1], "w", 1));
    say_result("same number", dup2(a[0], number));
    control(EPOLL_CTL_DEL, number, 0, 0);
    step();
    look("eventfd by the child", -1);
    look("and once", 0);
    sigset_t mask;
    sigemptyset(&mask);
    sigaddset(&mask, SIGUSR1);
    sigprocmask(SIG_BLOCK, &mask, 0);
    int signals = signalfd(-1, &mask, SFD_NONBLOCK);
    control(EPOLL_CTL_ADD, signals, EPOLLIN, 8);
    look("no signal", 0);
    raise(SIGUSR1);
    look("a signal", -1);
    struct signalfd_siginfo info;
    say_result("taken", read(signals, &info, sizeof info) == sizeof info);
    look("no signal", 0);
    close(signals);
    raise(SIGUSR1);
    look("closed", 0);
    send_byte(turn[1], 0);
    say_status("child", reap(child));
    /* The set holds no end of a pipe. */
    control(EPOLL_CTL_ADD, a[1], EPOLLOUT, 9);
    look("room", -1);
    close(a[1]);
    look("the writer is gone", 0);
    say_result("the end", read(a[0], bytes, 1));
    say_result("itself", epoll_ctl(set, EPOLL_CTL_ADD, set, &of_inner));
    say_result("a loop", epoll_ctl(inner, EPOLL_CTL_ADD, set, &of_inner));
    say_result("a loop", epoll_ctl(set, EPOLL_CTL_ADD, inner, &of_inner));
    return 0;
}
