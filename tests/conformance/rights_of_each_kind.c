/* SCM_RIGHTS passes descriptors of each kind: files, pipes, sockets, eventfds, timers, epoll sets, signal descriptors. */
#include "observe_passing.h"

#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>

static void use(int *fds)
{
    char byte = 0;
    uint64_t count = 0;
    struct epoll_event event;
    say("file offset %ld\n", (long)lseek(fds[0], 0, SEEK_CUR));
    say_result("write file", write(fds[0], "more", 4));
    say("pipe %c\n", take_byte(fds[1]));
    say_result("write pipe", write(fds[2], "x", 1));
    say_read("socket", fds[3]);
    say_result("write socket", write(fds[3], "answer", 6));
    say_result("eventfd", read(fds[4], &count, sizeof count));
    say("count %d\n", (int)count);
    say("epoll %d\n", epoll_wait(fds[5], &event, 1, 5000));
    say("data %d\n", event.data.fd == 42);
    int accepted = accept(fds[6], NULL, NULL);
    say("accepted %d\n", accepted >= 0);
    say_result("byte", read(accepted, &byte, 1));
    raise(SIGUSR1);
    struct signalfd_siginfo info;
    say_result("signal", read(fds[7], &info, sizeof info));
    say("number %d\n", (int)info.ssi_signo);
}

int main(void)
{
    int line[2], in[2], out[2], pair[2], fds[8];
    block(SIG_BLOCK, SIGUSR1);
    MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, line));
    pid_t child = fork_child();
    if (child == 0) {
        close_fd(line[0]);
        struct received got = take_passed(line[1], 256, 0);
        say_received("child", &got);
        use(got.fds);
        _exit(0);
    }
    close_fd(line[1]);
    make_pipe(in);
    make_pipe(out);
    MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
    sigset_t set = set_of(SIGUSR1);
    struct address at = local_address("@unibench-rights");
    MUST(fds[0] = open("file", O_CREAT | O_RDWR, 0600));
    MUST(write(fds[0], "content", 7));
    fds[1] = in[0];
    fds[2] = out[1];
    fds[3] = pair[1];
    MUST(fds[4] = eventfd(3, 0));
    MUST(fds[5] = epoll_create1(0));
    fds[6] = listen_at(&at, 3);
    MUST(fds[7] = signalfd(-1, &set, 0));
    struct epoll_event wanted = {.events = EPOLLIN, .data.fd = 42};
    MUST(epoll_ctl(fds[5], EPOLL_CTL_ADD, in[0], &wanted));
    MUST(write(in[1], "pp", 2));
    MUST(write(pair[0], "question", 8));
    int client = new_socket(AF_UNIX, SOCK_STREAM);
    MUST(connect_to(client, &at));
    send_byte(client, 'c');
    long passed = pass(line[0], "all", fds, 8, NULL);
    for (int i = 0; i < 8; i++)
        if (i != 0)
            close_fd(fds[i]);
    say_status("child", reap(child));
    say_result("pass", passed);
    say("%c\n", take_byte(out[0]));
    say_result("pipe ends", read(out[0], &at, 1));
    say_read("socket", pair[0]);
    say_read("socket", pair[0]);
    say("offset %ld\n", (long)lseek(fds[0], 0, SEEK_CUR));
    say_result("refused", connect_to(new_socket(AF_UNIX, SOCK_STREAM), &at));
    return 0;
}
