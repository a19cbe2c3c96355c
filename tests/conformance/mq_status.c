/* A descriptor of a message queue tells of the queue: fstat its mode and owner, read what is inside and who is notified. */
#include "observe.h"
#include <mqueue.h>

static char text[128];

static void show(int queue)
{
    ssize_t bytes = pread(queue, text, sizeof text - 1, 0);
    say_result("read", bytes);
    text[bytes > 0 ? bytes : 0] = 0;
    int inside = -1, kind = -1, signal = -1, pid = -1;
    say("fields %d\n",
        sscanf(text, "QSIZE:%d NOTIFY:%d SIGNO:%d NOTIFY_PID:%d\n", &inside, &kind, &signal, &pid));
    say("inside %d, kind %d, signal %d, pid is %s\n", inside, kind, signal,
        pid == 0          ? "0"
        : pid == getpid() ? "mine"
                          : "wrong");
}

int main(void)
{
    char name[64];
    struct mq_attr limits = {.mq_maxmsg = 4, .mq_msgsize = 32};
    struct stat status;
    snprintf(name, sizeof name, "/status-%d", getpid());
    umask(022);
    mqd_t queue = mq_open(name, O_CREAT | O_EXCL | O_RDWR, 0666, &limits);
    MUST(queue);
    MUST(fstat(queue, &status));
    say("mode %o, size %ld, mine %d\n", status.st_mode, (long)status.st_size, status.st_uid == geteuid());
    show(queue);
    MUST(mq_send(queue, "hello", 5, 1));
    MUST(mq_send(queue, "you", 3, 2));
    show(queue);
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
    MUST(mq_notify(queue, &event));
    show(queue);
    MUST(mq_notify(queue, NULL));
    event.sigev_notify = SIGEV_NONE;
    MUST(mq_notify(queue, &event));
    show(queue);
    say_result("read on", read(queue, text, 10));
    say_result("position", lseek(queue, 0, SEEK_CUR));
    say_result("write", write(queue, "x", 1));
    mqd_t reader = mq_open(name, O_RDONLY), writer = mq_open(name, O_WRONLY);
    say_result("reader reads", read(reader, text, sizeof text));
    say_result("reader writes", write(reader, "x", 1));
    say_result("writer reads", read(writer, text, sizeof text));
    MUST(mq_unlink(name));
    show(queue);
    return 0;
}
