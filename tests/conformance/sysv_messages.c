/* msgsnd and msgrcv choose by type, wait for room, and end with EIDRM when the queue is removed. */
#include "observe.h"
#include <sys/ipc.h>
#include <sys/msg.h>

static struct {
    long type;
    char text[8192];
} message;
static int queue;

static void put(long type, const char *text)
{
    message.type = type;
    snprintf(message.text, sizeof message.text, "%s", text);
    MUST(msgsnd(queue, &message, strlen(text) + 1, 0));
}

static void take(long type, int flags)
{
    ssize_t bytes = msgrcv(queue, &message, 100, type, flags);
    if (bytes < 0)
        say("none for %ld: %s\n", type, errno == ENOMSG ? "ENOMSG" : error_name(errno));
    else
        say("for %ld: %zd bytes of type %ld: %s\n", type, bytes, message.type, message.text);
}

int main(void)
{
    queue = msgget(IPC_PRIVATE, 0600);
    MUST(queue);
    put(3, "three");
    put(1, "one");
    put(2, "two");
    put(2, "two more");
    struct msqid_ds state;
    MUST(msgctl(queue, IPC_STAT, &state));
    say("%lu messages, %d\n", (unsigned long)state.msg_qnum, state.msg_lspid == getpid());
    say("too short: %d\n", msgrcv(queue, &message, 2, -2, 0) < 0 && errno == E2BIG);
    take(-2, 0);
    take(3, MSG_EXCEPT);
    take(0, 0);
    take(7, IPC_NOWAIT);
    take(2, 0);
    take(0, IPC_NOWAIT);
    message.type = 0;
    say_result("type 0", msgsnd(queue, &message, 1, 0));
    message.type = 1;
    say_result("too long", msgsnd(queue, &message, 8193, 0));
    MUST(msgsnd(queue, &message, 8192, 0));
    MUST(msgsnd(queue, &message, 8192, 0));
    say_result("full", msgsnd(queue, &message, 1, IPC_NOWAIT));
    pid_t child = fork_child();
    if (child == 0)
        _exit(msgsnd(queue, &message, 1, 0) ? errno : 0);
    MUST(msgrcv(queue, &message, 8192, 0, 0));
    say_status("there is room", reap(child));
    child = fork_child();
    if (child == 0)
        _exit(msgrcv(queue, &message, 100, 9, 0) < 0 && (errno == EIDRM || errno == EINVAL) ? 0 : 1);
    MUST(usleep(20000));
    MUST(msgctl(queue, IPC_RMID, NULL));
    say_status("removed", reap(child));
    say_result("gone", msgsnd(queue, &message, 1, 0));
    return 0;
}
