/* a robust shared mutex whose owner died gives EOWNERDEAD; made consistent it works, else ENOTRECOVERABLE. */
#include "observe.h"

#include <pthread.h>

int main(void)
{
    pthread_mutex_t *mutex = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    MUST(mutex == MAP_FAILED ? -1 : 0);
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(mutex, &attributes);
    for (int killed = 0; killed < 2; killed++) {
        pid_t child = fork_child();
        if (child == 0) {
            pthread_mutex_lock(mutex);
            if (killed)
                MUST(kill(getpid(), SIGKILL));
            _exit(0);
        }
        say_status("owner", reap(child));
        say("lock %s\n", error_name(pthread_mutex_lock(mutex)));
        if (!killed)
            say("consistent %d\n", pthread_mutex_consistent(mutex));
        say("unlock %d\n", pthread_mutex_unlock(mutex));
    }
    say("lock %s\n", error_name(pthread_mutex_lock(mutex)));
    return 0;
}
