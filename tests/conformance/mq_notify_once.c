/* mq_notify sends its signal once, when a message comes to the empty queue; one process may be registered. */
#include "observe.h"
#include <mqueue.h>

int main(void)
{
    char name[32], buffer[64];
    snprintf(name, sizeof name, "/ubn%d", (int)getpid());
    struct mq_attr attributes = {.mq_maxmsg = 3, .mq_msgsize = 64};
    mqd_t queue = mq_open(name, O_RDWR | O_CREAT, 0600, &attributes);
    MUST(queue);
    MUST(mq_unlink(name));
    block(SIG_BLOCK, SIGUSR1);
    sigset_t set = set_of(SIGUSR1);
    siginfo_t info;
    struct sigevent event = {
        .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1, .sigev_value.sival_int = 77};
    MUST(mq_notify(queue, &event));
    say_result("twice", mq_notify(queue, &event));
    MUST(mq_send(queue, "a", 1, 0));
    MUST(sigwaitinfo(&set, &info));
    say("code %d, value %d, by itself %d\n", info.si_code == SI_MESGQ, info.si_value.sival_int,
        info.si_pid == getpid());
    MUST(mq_notify(queue, &event));
    MUST(mq_send(queue, "b", 1, 0));
    say_result("not empty", sigtimedwait(&set, &info, &(struct timespec){0, 0}));
    MUST(mq_notify(queue, NULL));
    MUST(mq_receive(queue, buffer, sizeof buffer, NULL));
    MUST(mq_receive(queue, buffer, sizeof buffer, NULL));
    MUST(mq_send(queue, "c", 1, 0));
    say_result("ended", sigtimedwait(&set, &info, &(struct timespec){0, 0}));
    return 0;
}
