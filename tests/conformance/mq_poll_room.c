/* poll of a message queue: readable while there is a message, writable while there is room. */
#include "observe.h"

#include <mqueue.h>

static mqd_t queue;

static void look(const char *what)
{
    struct pollfd entry = {queue, POLLIN | POLLOUT, 0};
    MUST(poll(&entry, 1, 0));
    say("%s: %s%s\n", what, entry.revents & POLLIN ? "in " : "", entry.revents & POLLOUT ? "out" : "");
}

static void takes(void)
{
    char text[8];
    MUST(mq_receive(queue, text, sizeof text, NULL));
}

int main(void)
{
    struct mq_attr attributes = {.mq_maxmsg = 2, .mq_msgsize = 8};
    mq_unlink("/mq_poll_room");
    queue = mq_open("/mq_poll_room", O_CREAT | O_RDWR | O_NONBLOCK, 0600, &attributes);
    MUST(queue);
    MUST(mq_unlink("/mq_poll_room"));
    look("empty");
    MUST(mq_send(queue, "a", 1, 0));
    look("one");
    MUST(mq_send(queue, "b", 1, 0));
    look("full");
    say_result("one more", mq_send(queue, "c", 1, 0));
    say_status("child", run_child(takes));
    look("one taken");
    MUST(mq_send(queue, "c", 1, 0));
    look("full again");
    takes();
    takes();
    look("empty again");
    return 0;
}
