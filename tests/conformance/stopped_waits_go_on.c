/* a stop and a continuation do not cut nanosleep, poll and a semaphore's timed wait short, nor prolong them. */
#include "observe.h"
#include <semaphore.h>
#include <time.h>

#define LONG_MS 200

static int by_nanosleep(void)
{
    struct timespec time = {0, LONG_MS * 1000000};
    return nanosleep(&time, NULL);
}

static int by_poll(void)
{
    return poll(NULL, 0, LONG_MS);
}

static int by_semaphore(void)
{
    sem_t semaphore;
    struct timespec end;
    MUST(sem_init(&semaphore, 0, 0));
    MUST(clock_gettime(CLOCK_REALTIME, &end));
    end.tv_nsec += LONG_MS * 1000000;
    end.tv_sec += end.tv_nsec / 1000000000;
    end.tv_nsec %= 1000000000;
    return sem_timedwait(&semaphore, &end) < 0 && errno == ETIMEDOUT ? 0 : -1;
}

static long now_ms(void)
{
    struct timespec now;
    MUST(clock_gettime(CLOCK_MONOTONIC, &now));
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void stop_during(const char *what, int (*wait_long)(void))
{
    int started[2];
    make_pipe(started);
    pid_t child = fork_child();
    if (child == 0) {
        long before = now_ms();
        send_byte(started[1], 's');
        int result = wait_long();
        _exit(result == 0 && now_ms() - before >= LONG_MS - 1 ? 0 : 1);
    }
    take_byte(started[0]);
    int status;
    for (int i = 0; i < 20; i++) {
        MUST(kill(child, SIGSTOP));
        MUST(waitpid(child, &status, WUNTRACED));
        if (!WIFSTOPPED(status))
            break;
        MUST(kill(child, SIGCONT));
    }
    if (WIFSTOPPED(status))
        status = reap(child);
    say_status(what, status);
}

int main(void)
{
    stop_during("nanosleep", by_nanosleep);
    stop_during("poll", by_poll);
    stop_during("sem_timedwait", by_semaphore);
    return 0;
}
