/* shm_open and sem_open name memory and semaphores that unrelated mappings share. */
#include "observe.h"
#include <semaphore.h>

int main(void)
{
    shm_unlink("/unibench-shm");
    sem_unlink("/unibench-sem");
    int fd = shm_open("/unibench-shm", O_CREAT | O_EXCL | O_RDWR, 0600);
    MUST(fd);
    MUST(ftruncate(fd, 4096));
    sem_t *done = sem_open("/unibench-sem", O_CREAT | O_EXCL, 0600, 0);
    char *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    pid_t child = fork_child();
    if (child == 0) {
        int own = shm_open("/unibench-shm", O_RDWR, 0);
        char *mine = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, own, 0);
        strcpy(mine, "by name");
        sem_post(sem_open("/unibench-sem", 0));
        _exit(0);
    }
    MUST(sem_wait(done));
    say("%s\n", at);
    reap(child);
    say_result("exists", shm_open("/unibench-shm", O_CREAT | O_EXCL | O_RDWR, 0600));
    MUST(shm_unlink("/unibench-shm"));
    MUST(sem_unlink("/unibench-sem"));
    say_result("gone", shm_open("/unibench-shm", O_RDWR, 0));
    return 0;
}
