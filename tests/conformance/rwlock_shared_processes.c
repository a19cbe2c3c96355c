/* a process-shared read-write lock lets several readers in together and a writer alone. */
#include "observe.h"

#include <pthread.h>

int main(void)
{
    struct shared {
        pthread_rwlock_t lock;
        long one, two;
    } *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    MUST(shared == MAP_FAILED ? -1 : 0);
    pthread_rwlockattr_t attributes;
    pthread_rwlockattr_init(&attributes);
    pthread_rwlockattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    say("init %d\n", pthread_rwlock_init(&shared->lock, &attributes));
    pthread_rwlock_rdlock(&shared->lock);
    pid_t child = fork_child();
    if (child == 0) {
        say("reader beside a reader %d\n", pthread_rwlock_tryrdlock(&shared->lock));
        pthread_rwlock_unlock(&shared->lock);
        say("writer beside a reader %s\n", error_name(pthread_rwlock_trywrlock(&shared->lock)));
        _exit(0);
    }
    say_status("child", reap(child));
    pthread_rwlock_unlock(&shared->lock);
    pid_t children[4];
    for (int i = 0; i < 4; i++) {
        children[i] = fork_child();
        if (children[i] == 0) {
            int wrong = 0;
            for (int n = 0; n < 1000; n++) {
                if (i == 0) {
                    pthread_rwlock_wrlock(&shared->lock);
                    shared->one++;
                    shared->two++;
                } else {
                    pthread_rwlock_rdlock(&shared->lock);
                    wrong += shared->one != shared->two;
                }
                pthread_rwlock_unlock(&shared->lock);
            }
            _exit(wrong != 0);
        }
    }
    for (int i = 0; i < 4; i++)
        say_status("child", reap(children[i]));
    say("%ld %ld\n", shared->one, shared->two);
    return 0;
}
