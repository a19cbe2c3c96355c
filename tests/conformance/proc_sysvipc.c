/* /proc/sysvipc lists System V objects as long as they are there. */
#include "proc_fields.h"
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

/* The words of the line whose second is the identifier; how many there are. */
static int row(const char *path, int id, long *words)
{
    char *save = NULL;
    strtok_r(proc_text(path), "\n", &save); /* the header */
    for (char *line; (line = strtok_r(NULL, "\n", &save));) {
        int count = 0;
        char *inner = NULL;
        for (char *word = strtok_r(line, " ", &inner); word && count < 24; word = strtok_r(NULL, " ", &inner))
            words[count++] = strtol(word, NULL, 10);
        if (count > 1 && words[1] == id)
            return count;
    }
    return 0;
}

int main(void)
{
    long words[24];
    key_t key = (key_t)(0x10000000 + getpid());
    int shared = shmget(key, 5000, IPC_CREAT | IPC_EXCL | 0640), set = semget(key, 3, IPC_CREAT | 0600),
        queue = msgget(key, IPC_CREAT | 0666);
    MUST(shared);
    MUST(set);
    MUST(queue);
    void *at = shmat(shared, NULL, 0);
    struct {
        long type;
        char text[10];
    } message = {1, "123456789"};
    MUST(msgsnd(queue, &message, 10, 0));
    char *text = proc_text("/proc/sysvipc/shm");
    say("[%.*s]\n", (int)strcspn(text, "\n"), text);
    int count = row("/proc/sysvipc/shm", shared, words);
    say("shm %d words: key %d, mode %ld, size %ld, maker %d, attached %ld\n", count, words[0] == key,
        words[2], words[3], words[4] == getpid(), words[6]);
    text = proc_text("/proc/sysvipc/sem");
    say("[%.*s]\n", (int)strcspn(text, "\n"), text);
    count = row("/proc/sysvipc/sem", set, words);
    say("sem %d words: key %d, mode %ld, semaphores %ld, user %d\n", count, words[0] == key, words[2],
        words[3], words[4] == (long)getuid());
    text = proc_text("/proc/sysvipc/msg");
    say("[%.*s]\n", (int)strcspn(text, "\n"), text);
    count = row("/proc/sysvipc/msg", queue, words);
    say("msg %d words: key %d, mode %ld, bytes %ld, messages %ld, sender %d\n", count, words[0] == key,
        words[2], words[3], words[4], words[5] == getpid());
    MUST(shmdt(at));
    MUST(shmctl(shared, IPC_RMID, NULL));
    MUST(semctl(set, 0, IPC_RMID));
    MUST(msgctl(queue, IPC_RMID, NULL));
    say("gone %d %d %d\n", row("/proc/sysvipc/shm", shared, words), row("/proc/sysvipc/sem", set, words),
        row("/proc/sysvipc/msg", queue, words));
    return 0;
}
