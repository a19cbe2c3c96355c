/* two processes take turns by System V semaphores; a handler ends semop with EINTR, SA_RESTART or not. */
#include "observe.h"
#include <sys/ipc.h>
#include <sys/sem.h>

static void nothing(int number)
{
    (void)number;
}

int main(void)
{
    int set = semget(IPC_PRIVATE, 2, 0600),
        *turns = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    MUST(set);
    MUST(turns == MAP_FAILED ? -1 : 0);
    struct sembuf down[2] = {{0, -1, 0}, {1, -1, 0}}, up[2] = {{0, 1, 0}, {1, 1, 0}};
    pid_t child = fork_child();
    for (int i = 0; i < 200; i++) {
        if (child == 0) {
            MUST(semop(set, &down[0], 1));
            if (++*turns % 2 != 1)
                _exit(1);
            MUST(semop(set, &up[1], 1));
        } else {
            MUST(semop(set, &up[0], 1));
            MUST(semop(set, &down[1], 1));
            if (++*turns % 2 != 0)
                say("out of turn at %d\n", *turns);
        }
    }
    if (child == 0)
        _exit(0);
    say_status("child", reap(child));
    say("%d turns\n", *turns);
    handle(SIGALRM, nothing, SA_RESTART);
    repeat_timer(ITIMER_REAL, 5);
    say_result("interrupted", semop(set, &down[0], 1));
    repeat_timer(ITIMER_REAL, 0);
    MUST(semctl(set, 0, IPC_RMID));
    return 0;
}
