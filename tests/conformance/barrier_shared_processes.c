/* a process-shared barrier lets nobody on before all have come, and tells exactly one of them. */
#include "observe.h"

#include <pthread.h>
#include <stdatomic.h>

int main(void)
{
    struct shared {
        pthread_barrier_t barrier;
        atomic_int came, serial, wrong;
    } *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    MUST(shared == MAP_FAILED ? -1 : 0);
    pthread_barrierattr_t attributes;
    pthread_barrierattr_init(&attributes);
    pthread_barrierattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    say("init %d\n", pthread_barrier_init(&shared->barrier, &attributes, 4));
    pid_t children[4];
    for (int i = 0; i < 4; i++) {
        children[i] = fork_child();
        if (children[i] == 0) {
            for (int round = 1; round <= 20; round++) {
                shared->came++;
                if (pthread_barrier_wait(&shared->barrier) == PTHREAD_BARRIER_SERIAL_THREAD)
                    shared->serial++;
                if (shared->came < 4 * round)
                    shared->wrong++;
            }
            _exit(0);
        }
    }
    for (int i = 0; i < 4; i++)
        say_status("child", reap(children[i]));
    say("came %d, serial %d, wrong %d\n", shared->came, shared->serial, shared->wrong);
    return 0;
}
