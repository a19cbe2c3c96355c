/* a blocked epoll_wait is woken by another process, and ended by a signal that epoll_pwait lets in. */
#include "observe.h"

#include <sys/epoll.h>

static volatile int count;

static void on_signal(int number)
{
    (void)number;
    count++;
}

int main(void)
{
    int ends[2], go[2];
    sigset_t none;
    struct epoll_event event = {.events = EPOLLIN}, got;
    make_pipe(ends);
    make_pipe(go);
    int set = epoll_create1(0);
    MUST(set);
    MUST(epoll_ctl(set, EPOLL_CTL_ADD, ends[0], &event));
    pid_t child = fork_child();
    if (child == 0) {
        take_byte(go[0]);
        send_byte(ends[1], 'x');
        _exit(0);
    }
    send_byte(go[1], 'g');
    say_result("epoll_wait", epoll_wait(set, &got, 1, -1));
    say_status("child", reap(child));
    take_byte(ends[0]);
    MUST(sigemptyset(&none));
    handle(SIGUSR1, on_signal, SA_RESTART);
    block(SIG_BLOCK, SIGUSR1);
    MUST(raise(SIGUSR1));
    say_result("epoll_pwait", epoll_pwait(set, &got, 1, -1, &none));
    say("handled %d\n", count);
    say_result("timeout", epoll_wait(set, &got, 1, 5));
    return 0;
}
