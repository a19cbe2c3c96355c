/* IPC objects follow modes and owners; IPC_SET and IPC_RMID are the owner's and the maker's. */
#include "users.h"
#include <mqueue.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

union semun {
    int val;
    struct semid_ds *buf;
};

static char queue_name[64], memory_name[64];
static key_t key;
static int segment, set, queue;

static void other(void)
{
    if (first_user == 0) {
        MUST(setgroups(0, NULL));
        MUST(setgid(NOBODY));
        MUST(setuid(NOBODY));
    }
    struct shmid_ds shared;
    struct semid_ds semaphores;
    struct msqid_ds messages;
    say_result("shmget", shmget(key, 1, 0) >= 0 ? 0 : -1);
    say_result("shmget to read", shmget(key, 1, 0400) >= 0 ? 0 : -1);
    say_result("shmget to write", shmget(key, 1, 0600) >= 0 ? 0 : -1);
    say_result("shmat", shmat(segment, NULL, 0) == (void *)-1 ? -1 : 0);
    say_result("shmat to read", shmat(segment, NULL, SHM_RDONLY) == (void *)-1 ? -1 : 0);
    say_result("shm stat", shmctl(segment, IPC_STAT, &shared));
    say_result("shm set", shmctl(segment, IPC_SET, &shared));
    say_result("semop", semop(set, &(struct sembuf){0, 1, IPC_NOWAIT}, 1));
    say_result("sem stat", semctl(set, 0, IPC_STAT, (union semun){.buf = &semaphores}));
    say_result("sem value", semctl(set, 0, GETVAL));
    say_result("sem set value", semctl(set, 0, SETVAL, (union semun){.val = 1}));
    say_result("msgsnd", msgsnd(queue, &(struct {
                                    long type;
                                    char text[4];
                                }){1, "abc"},
                                4, IPC_NOWAIT));
    say_result("msg stat", msgctl(queue, IPC_STAT, &messages));
    say_result("msg remove", msgctl(queue, IPC_RMID, NULL));
    say_result("sem remove", semctl(set, 0, IPC_RMID));
    say_result("shm remove", shmctl(segment, IPC_RMID, NULL));
    say_result("mq_open", mq_open(queue_name, O_RDONLY) < 0 ? -1 : 0);
    say_result("mq_open to write", mq_open(queue_name, O_WRONLY) < 0 ? -1 : 0);
    say_result("mq_unlink", mq_unlink(queue_name));
    say_result("shm_open", shm_open(memory_name, O_RDWR, 0) < 0 ? -1 : 0);
    say_result("shm_unlink", shm_unlink(memory_name));
}

static void given(void)
{
    if (first_user == 0)
        MUST(setuid(NOBODY));
    struct msqid_ds messages;
    say_result("given: stat", msgctl(queue, IPC_STAT, &messages));
    say("owner %s, maker %s\n", called(messages.msg_perm.uid, first_user),
        called(messages.msg_perm.cuid, first_user));
    messages.msg_perm.mode = 0640;
    say_result("given: set", msgctl(queue, IPC_SET, &messages));
}

int main(void)
{
    is_root();
    umask(022);
    key = (key_t)(0x55000000 + getpid());
    snprintf(queue_name, sizeof queue_name, "/unibench-users-%d", getpid());
    snprintf(memory_name, sizeof memory_name, "/unibench-users-%d", getpid());
    segment = shmget(key, 4096, IPC_CREAT | IPC_EXCL | 0644);
    set = semget(key, 1, IPC_CREAT | IPC_EXCL | 0644);
    queue = msgget(key, IPC_CREAT | IPC_EXCL | 0644);
    MUST(segment);
    MUST(set);
    MUST(queue);
    mqd_t named = mq_open(queue_name, O_CREAT | O_EXCL | O_RDWR, 0644, NULL);
    MUST(named);
    int memory = shm_open(memory_name, O_CREAT | O_EXCL | O_RDWR, 0644);
    MUST(memory);
    if (first_user == 0)
        run_child(other);
    struct msqid_ds messages;
    MUST(msgctl(queue, IPC_STAT, &messages));
    if (first_user == 0)
        messages.msg_perm.uid = NOBODY;
    say_result("give", msgctl(queue, IPC_SET, &messages));
    run_child(given);
    say_result("the maker's still", msgctl(queue, IPC_RMID, NULL));
    say_result("sem", semctl(set, 0, IPC_RMID));
    say_result("shm", shmctl(segment, IPC_RMID, NULL));
    say_result("queue", mq_unlink(queue_name));
    say_result("memory", shm_unlink(memory_name));
    return 0;
}
