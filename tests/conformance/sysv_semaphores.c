/* semop is all or nothing, waits, times out, is undone at exit, ends with EIDRM when the set goes. */
#include "observe.h"
#include <sys/ipc.h>
#include <sys/sem.h>

static int set;

static int change(int number, int by, int flags)
{
    struct sembuf operation = {(unsigned short)number, (short)by, (short)flags};
    return semop(set, &operation, 1);
}

static pid_t changing(int by, int flags)
{
    pid_t child = fork_child();
    if (child == 0)
        _exit(change(0, by, flags) ? errno : 0);
    return child;
}

static void await(int command)
{
    while (semctl(set, 0, command) != 1)
        MUST(usleep(1000));
}

int main(void)
{
    unsigned short values[3] = {1, 2, 3};
    set = semget(IPC_PRIVATE, 3, 0600);
    MUST(set);
    say_result("first value", semctl(set, 0, GETVAL));
    MUST(semctl(set, 0, SETALL, values));
    struct sembuf three[3] = {{0, -1, 0}, {1, -2, 0}, {2, -4, IPC_NOWAIT}};
    say_result("one of three is not possible", semop(set, three, 3));
    MUST(semctl(set, 0, GETALL, values));
    say("%d %d %d\n", values[0], values[1], values[2]);
    three[2].sem_op = -3;
    say_result("all three", semop(set, three, 3));
    say_result("zero", change(0, 0, 0));
    say_result("number", change(3, 1, 0));
    say_result("none", semop(set, three, 0));
    say_result("too large", semctl(set, 0, SETVAL, 32768));
    MUST(change(0, 32767, 0));
    say("range: %d\n", change(0, 1, 0) < 0 && errno == ERANGE);
    MUST(semctl(set, 0, SETVAL, 0));
    struct sembuf down = {0, -1, 0};
    say_result("timed out", semtimedop(set, &down, 1, &(struct timespec){0, 10000000}));
    pid_t child = changing(-2, SEM_UNDO);
    await(GETNCNT);
    MUST(change(0, 5, 0));
    say_status("waiting", reap(child));
    say_result("undone", semctl(set, 0, GETVAL));
    say("by the child: %d\n", semctl(set, 0, GETPID) == child);
    child = changing(0, 0);
    await(GETZCNT);
    MUST(semctl(set, 0, IPC_RMID));
    int status = reap(child);
    say("removed: %d\n", WEXITSTATUS(status) == EIDRM);
    say_result("gone", semctl(set, 0, GETVAL));
    return 0;
}
