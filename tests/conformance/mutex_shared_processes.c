/* a process-shared mutex keeps four processes out of each other's critical section. */
#include "observe.h"

#include <pthread.h>

int main(void)
{
    struct shared {
        pthread_mutex_t mutex;
        long value, inside;
    } *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    MUST(shared == MAP_FAILED ? -1 : 0);
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    say("setpshared %d\n", pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED));
    say("init %d\n", pthread_mutex_init(&shared->mutex, &attributes));
    pid_t children[4];
    for (int i = 0; i < 4; i++) {
        children[i] = fork_child();
        if (children[i] == 0) {
            int wrong = 0;
            for (int n = 0; n < 2000; n++) {
                pthread_mutex_lock(&shared->mutex);
                wrong += shared->inside++ != 0;
                long value = shared->value;
                if (n % 100 == 0)
                    sched_yield();
                shared->value = value + 1;
                shared->inside--;
                pthread_mutex_unlock(&shared->mutex);
            }
            _exit(wrong != 0);
        }
    }
    for (int i = 0; i < 4; i++)
        say_status("child", reap(children[i]));
    say("value %ld\n", shared->value);
    return 0;
}
