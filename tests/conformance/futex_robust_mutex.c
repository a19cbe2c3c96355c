/* a robust mutex whose owner ended tells the next one EOWNERDEAD. */
#include "observe.h"
#include <pthread.h>

int main(void)
{
    pthread_mutex_t *m = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pthread_mutexattr_t how;
    pthread_mutexattr_init(&how);
    pthread_mutexattr_setpshared(&how, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&how, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(m, &how);
    pid_t child = fork_child();
    if (child == 0) {
        pthread_mutex_lock(m);
        _exit(0);
    }
    reap(child);
    say("owner dead %d\n", pthread_mutex_lock(m) == EOWNERDEAD);
    say("made consistent %d\n", pthread_mutex_consistent(m));
    say("unlocked %d\n", pthread_mutex_unlock(m));
    say("locked %d\n", pthread_mutex_lock(m));
    return 0;
}
