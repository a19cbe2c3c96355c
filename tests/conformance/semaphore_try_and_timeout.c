/* sem_trywait of zero is EAGAIN, sem_timedwait ends with ETIMEDOUT, sem_wait is interrupted with EINTR. */
#include "observe.h"

#include <semaphore.h>

static void on_alarm(int number)
{
    (void)number;
}

int main(void)
{
    int value;
    struct timespec until;
    sem_t *semaphore = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    MUST(semaphore == MAP_FAILED ? -1 : 0);
    MUST(sem_init(semaphore, 1, 1));
    say_result("trywait", sem_trywait(semaphore));
    say_result("trywait", sem_trywait(semaphore));
    MUST(clock_gettime(CLOCK_REALTIME, &until));
    say_result("timedwait past", sem_timedwait(semaphore, &until));
    until.tv_nsec += 10000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    say_result("timedwait", sem_timedwait(semaphore, &until));
    handle(SIGALRM, on_alarm, 0);
    repeat_timer(ITIMER_REAL, 5);
    say_result("wait", sem_wait(semaphore));
    repeat_timer(ITIMER_REAL, 0);
    MUST(sem_post(semaphore));
    MUST(sem_getvalue(semaphore, &value));
    say("value %d\n", value);
    return 0;
}
