/* sem_open makes a semaphore that a child opens by name; O_EXCL is EEXIST, after sem_unlink ENOENT. */
#include "observe.h"

#include <semaphore.h>

int main(void)
{
    char name[64];
    snprintf(name, sizeof name, "/unibench-conformance-%d", getpid());
    sem_unlink(name);
    sem_t *semaphore = sem_open(name, O_CREAT | O_EXCL, 0600, 0);
    MUST(semaphore == SEM_FAILED ? -1 : 0);
    say_result("again", sem_open(name, O_CREAT | O_EXCL, 0600, 0) == SEM_FAILED ? -1 : 0);
    pid_t child = fork_child();
    if (child == 0) {
        sem_t *mine = sem_open(name, 0);
        MUST(mine == SEM_FAILED ? -1 : 0);
        MUST(sem_post(mine));
        _exit(0);
    }
    say_result("wait", sem_wait(semaphore));
    say_status("child", reap(child));
    say_result("unlink", sem_unlink(name));
    say_result("open", sem_open(name, 0) == SEM_FAILED ? -1 : 0);
    return 0;
}
