/* a process-shared condition variable wakes waiters in other processes; a timed wait ends with ETIMEDOUT. */
#include "observe.h"

#include <pthread.h>

int main(void)
{
    struct shared {
        pthread_mutex_t mutex;
        pthread_cond_t changed;
        int turn;
    } *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    MUST(shared == MAP_FAILED ? -1 : 0);
    struct timespec until;
    pthread_mutexattr_t of_mutex;
    pthread_condattr_t of_condition;
    pthread_mutexattr_init(&of_mutex);
    pthread_condattr_init(&of_condition);
    pthread_mutexattr_setpshared(&of_mutex, PTHREAD_PROCESS_SHARED);
    pthread_condattr_setpshared(&of_condition, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(&shared->mutex, &of_mutex);
    pthread_cond_init(&shared->changed, &of_condition);
    pid_t children[3];
    for (int i = 0; i < 3; i++) {
        children[i] = fork_child();
        if (children[i] == 0) {
            for (int round = 0; round < 20; round++) {
                pthread_mutex_lock(&shared->mutex);
                while (shared->turn % 3 != i)
                    pthread_cond_wait(&shared->changed, &shared->mutex);
                shared->turn++;
                pthread_cond_broadcast(&shared->changed);
                pthread_mutex_unlock(&shared->mutex);
            }
            _exit(0);
        }
    }
    for (int i = 0; i < 3; i++)
        say_status("child", reap(children[i]));
    say("turns %d\n", shared->turn);
    MUST(clock_gettime(CLOCK_REALTIME, &until));
    pthread_mutex_lock(&shared->mutex);
    say("timed wait %s\n", error_name(pthread_cond_timedwait(&shared->changed, &shared->mutex, &until)));
    return 0;
}
