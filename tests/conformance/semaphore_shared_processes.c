/* a process-shared semaphore hands over between processes, 500 times each way. */
#include "observe.h"

#include <semaphore.h>

int main(void)
{
    struct shared {
        sem_t ping, pong;
        int value;
    } *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    MUST(shared == MAP_FAILED ? -1 : 0);
    MUST(sem_init(&shared->ping, 1, 0));
    MUST(sem_init(&shared->pong, 1, 0));
    pid_t child = fork_child();
    if (child == 0) {
        for (int i = 0; i < 500; i++) {
            MUST(sem_wait(&shared->ping));
            shared->value = shared->value * 3 % 1000003;
            MUST(sem_post(&shared->pong));
        }
        _exit(0);
    }
    for (int i = 0; i < 500; i++) {
        shared->value += i;
        MUST(sem_post(&shared->ping));
        MUST(sem_wait(&shared->pong));
    }
    say("value %d\n", shared->value);
    say_status("child", reap(child));
    return 0;
}
