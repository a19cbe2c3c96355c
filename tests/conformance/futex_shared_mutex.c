/* process-shared mutexes, condition variables and barriers work between processes. */
#include "observe.h"
#include <pthread.h>

struct shared {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    pthread_barrier_t barrier;
    int count;
};

int main(void)
{
    struct shared *s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pthread_mutexattr_t mutex;
    pthread_condattr_t condition;
    pthread_barrierattr_t barrier;
    pthread_mutexattr_init(&mutex);
    pthread_condattr_init(&condition);
    pthread_barrierattr_init(&barrier);
    pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED);
    pthread_condattr_setpshared(&condition, PTHREAD_PROCESS_SHARED);
    pthread_barrierattr_setpshared(&barrier, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(&s->mutex, &mutex);
    pthread_cond_init(&s->changed, &condition);
    pthread_barrier_init(&s->barrier, &barrier, 4);
    pid_t children[3];
    for (int c = 0; c < 3; c++)
        if ((children[c] = fork_child()) == 0) {
            pthread_barrier_wait(&s->barrier);
            for (int i = 0; i < 100; i++) {
                pthread_mutex_lock(&s->mutex);
                s->count++;
                pthread_cond_signal(&s->changed);
                pthread_mutex_unlock(&s->mutex);
            }
            _exit(0);
        }
    pthread_barrier_wait(&s->barrier);
    pthread_mutex_lock(&s->mutex);
    while (s->count < 300)
        pthread_cond_wait(&s->changed, &s->mutex);
    pthread_mutex_unlock(&s->mutex);
    say("%d\n", s->count);
    for (int c = 0; c < 3; c++)
        reap(children[c]);
    return 0;
}
