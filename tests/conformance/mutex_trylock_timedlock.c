/* a shared mutex held by another process: trylock is EBUSY, timedlock ETIMEDOUT; free after its unlock. */
#include "observe.h"

#include <pthread.h>

int main(void)
{
    int held[2], release[2], released[2];
    struct timespec until;
    pthread_mutex_t *mutex = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    MUST(mutex == MAP_FAILED ? -1 : 0);
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(mutex, &attributes);
    make_pipe(held);
    make_pipe(release);
    make_pipe(released);
    pid_t child = fork_child();
    if (child == 0) {
        pthread_mutex_lock(mutex);
        send_byte(held[1], 'h');
        take_byte(release[0]);
        pthread_mutex_unlock(mutex);
        send_byte(released[1], 'r');
        _exit(0);
    }
    take_byte(held[0]);
    say("trylock %s\n", error_name(pthread_mutex_trylock(mutex)));
    MUST(clock_gettime(CLOCK_REALTIME, &until));
    until.tv_nsec += 5000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    say("timedlock %s\n", error_name(pthread_mutex_timedlock(mutex, &until)));
    send_byte(release[1], 'r');
    take_byte(released[0]);
    say("trylock %d\n", pthread_mutex_trylock(mutex));
    say_status("child", reap(child));
    return 0;
}
