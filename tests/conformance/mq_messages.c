/* POSIX message queues: priorities, limits, time-outs, O_NONBLOCK, poll; unlinked ones live on while open. */
#include "observe.h"
#include <mqueue.h>

static char buffer[64];

static void take(mqd_t queue)
{
    unsigned priority;
    ssize_t bytes = mq_receive(queue, buffer, sizeof buffer, &priority);
    if (bytes < 0)
        say_result("receive", bytes);
    else
        say("%.*s with priority %u\n", (int)bytes, buffer, priority);
}

int main(void)
{
    char name[32];
    snprintf(name, sizeof name, "/ub%d", (int)getpid());
    struct mq_attr attributes = {.mq_maxmsg = 3, .mq_msgsize = 64}, none = {.mq_maxmsg = 0};
    say_result("not there", mq_open(name, O_RDWR));
    say_result("two slashes", mq_open("/a/b", O_RDWR | O_CREAT, 0600, NULL));
    say_result("no room", mq_open(name, O_RDWR | O_CREAT, 0600, &none));
    mqd_t queue = mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, &attributes);
    MUST(queue);
    say_result("exclusive", mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, &attributes));
    MUST(mq_send(queue, "low", 3, 1));
    MUST(mq_send(queue, "high", 4, 9));
    MUST(mq_send(queue, "low too", 7, 1));
    say_result("long", mq_send(queue, buffer, 65, 0));
    say_result("short buffer", mq_receive(queue, buffer, 10, NULL));
    struct timespec past = {0, 0};
    say_result("full", mq_timedsend(queue, "x", 1, 0, &past));
    take(queue);
    take(queue);
    take(queue);
    struct pollfd readable = {.fd = (int)queue, .events = POLLIN};
    say_result("poll empty", poll(&readable, 1, 0));
    say_result("empty", mq_timedreceive(queue, buffer, sizeof buffer, NULL, &past));
    pid_t child = fork_child();
    if (child == 0) {
        take(queue);
        _exit(0);
    }
    MUST(mq_send(queue, "to a child", 10, 4));
    say_status("child", reap(child));
    attributes.mq_flags = O_NONBLOCK;
    MUST(mq_setattr(queue, &attributes, NULL));
    take(queue);
    MUST(mq_unlink(name));
    say_result("unlink again", mq_unlink(name));
    MUST(mq_send(queue, "after", 5, 0));
    say_result("poll", poll(&readable, 1, 0));
    MUST(mq_getattr(queue, &attributes));
    say("%ld of %ld\n", attributes.mq_curmsgs, attributes.mq_maxmsg);
    take(queue);
    MUST(mq_close(queue));
    say_result("closed", mq_send(queue, "x", 1, 0));
    return 0;
}
