/* process-shared semaphores in shared memory count between processes. */
#include "observe.h"
#include <semaphore.h>

int main(void)
{
    sem_t *s = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    MUST(sem_init(s, 1, 0));
    MUST(sem_init(s + 1, 1, 1));
    int *sum = (int *)(s + 2);
    pid_t children[4];
    for (int c = 0; c < 4; c++)
        if ((children[c] = fork_child()) == 0) {
            for (int i = 0; i < 200; i++) {
                MUST(sem_wait(s + 1));
                ++*sum;
                MUST(sem_post(s + 1));
            }
            MUST(sem_post(s));
            _exit(0);
        }
    for (int c = 0; c < 4; c++)
        MUST(sem_wait(s));
    say("%d\n", *sum);
    say_result("try", sem_trywait(s));
    struct timespec limit;
    MUST(clock_gettime(CLOCK_REALTIME, &limit));
    limit.tv_nsec += 10000000;
    if (limit.tv_nsec >= 1000000000)
        limit.tv_sec++, limit.tv_nsec -= 1000000000;
    say("timed: %s\n", sem_timedwait(s, &limit) < 0 && errno == ETIMEDOUT ? "ETIMEDOUT" : "?");
    for (int c = 0; c < 4; c++)
        reap(children[c]);
    return 0;
}
