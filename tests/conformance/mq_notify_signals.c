/* mq_notify registers with any signal number, 0 (none) too; a second registration is EBUSY until the first is gone. */
#include "observe.h"
#include <mqueue.h>

int main(void)
{
    char name[32];
    snprintf(name, sizeof name, "/notify_%d", getpid());
    mqd_t queue = mq_open(name, O_CREAT | O_RDWR, 0600, NULL);
    say("opened %d\n", queue != (mqd_t)-1);
    MUST(mq_unlink(name));
    static const int signals[] = {-1, 65, 0, SIGUSR1};
    for (int i = 0; i < 4; i++) {
        struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = signals[i]};
        char what[16];
        snprintf(what, sizeof what, "signal %d", signals[i]);
        say_result(what, mq_notify(queue, &event));
    }
    say_result("gone", mq_notify(queue, NULL));
    MUST(mq_close(queue));
    return 0;
}
