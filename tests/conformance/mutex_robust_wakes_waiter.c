/* a process blocked on a robust shared mutex is woken with EOWNERDEAD when its owner is killed. */
#include "observe.h"

#include <pthread.h>

int main(void)
{
    int held[2], ready[2];
    pthread_mutex_t *mutex = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    MUST(mutex == MAP_FAILED ? -1 : 0);
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(mutex, &attributes);
    make_pipe(held);
    make_pipe(ready);
    pid_t owner = fork_child();
    if (owner == 0) {
        pthread_mutex_lock(mutex);
        send_byte(held[1], 'h');
        for (;;)
            pause();
    }
    take_byte(held[0]);
    pid_t waiter = fork_child();
    if (waiter == 0) {
        send_byte(ready[1], 'r');
        int error = pthread_mutex_lock(mutex);
        say("waiter: %s\n", error_name(error));
        _exit(0);
    }
    take_byte(ready[0]);
    MUST(kill(owner, SIGKILL));
    int of_owner = reap(owner), of_waiter = reap(waiter);
    say_status("owner", of_owner);
    say_status("waiter", of_waiter);
    return 0;
}
