/* small errors: pipe sizes, priorities, Internet pairs, requeues, O_PATH, mq_notify, listen. */
#include "observe.h"

#include <linux/futex.h>
#include <mqueue.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/xattr.h>

int main(void)
{
    int p[2], s[2], word = 0, other = 0;
    MUST(pipe(p));
    say_result("size 0", fcntl(p[0], F_SETPIPE_SZ, 0));
    const int kinds[] = {PRIO_PROCESS, PRIO_PGRP, PRIO_USER};
    for (int i = 0; i < 3; i++) {
        errno = 0;
        say_result("getpriority", getpriority(kinds[i], (id_t)-1));
        say_result("setpriority", setpriority(kinds[i], (id_t)-1, 0));
    }
    const int pairs[][3] = {{AF_INET, SOCK_DGRAM, 17}, {AF_INET, 75, 0},    {AF_INET, SOCK_STREAM, 17},
                            {AF_INET, SOCK_STREAM, 6}, {0, SOCK_STREAM, 0}, {AF_UNIX, SOCK_STREAM, 7}};
    for (int i = 0; i < 6; i++)
        say_result("socketpair", socketpair(pairs[i][0], pairs[i][1], pairs[i][2], s));
    say_result("requeue", syscall(SYS_futex, &word, FUTEX_CMP_REQUEUE, 1, -1, &other, 0));
    say_result("wake", syscall(SYS_futex, &word, FUTEX_CMP_REQUEUE, -1, 1, &other, 0));
    int file = open("f", O_RDWR | O_CREAT, 0600), path = open("f", O_PATH);
    say_result("ioctl of a path", ioctl(path, FIONREAD, &word));
    say_result("attributes of a path", fgetxattr(path, "user.x", s, 4));
    say_result("attributes of nothing", fgetxattr(-1, "user.x", s, 4));
    say_result("attributes of no file", getxattr("none", "user.x", s, 4));
    say_result("locks of a path", fcntl(path, F_GETLK, &(struct flock){.l_type = F_RDLCK}));
    say_result("flags of a path", fcntl(path, F_GETFL) & O_PATH ? 1 : 0);
    say("poll of a path %d\n", poll(&(struct pollfd){path, POLLIN, 0}, 1, 0));
    say_result("mq_notify", syscall(SYS_mq_notify, -1, &(struct sigevent){.sigev_notify = 75}));
    say_result(
        "mq_notify, signal",
        syscall(SYS_mq_notify, -1, &(struct sigevent){.sigev_notify = SIGEV_SIGNAL, .sigev_signo = 70}));
    say_result("mq_notify, descriptor",
               syscall(SYS_mq_notify, -1, &(struct sigevent){.sigev_notify = SIGEV_NONE}));
    say_result("listen", listen(file, 1));
    say_result("accept", accept(p[0], NULL, NULL));
    say_result("accept of nothing", accept(-1, NULL, NULL));
    say_result("bind", bind(file, (struct sockaddr *)s, 2));
    say_result("connect", connect(-1, (struct sockaddr *)s, 2));
    MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, s));
    say_result("listen to a peer", listen(s[0], 1));
    say_result("accept of a peer", accept(s[0], NULL, NULL));
    return 0;
}
