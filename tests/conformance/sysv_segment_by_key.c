/* ftok and shmget: a key leads to one segment; size, IPC_EXCL and a missing IPC_CREAT are checked. */
#include "observe.h"
#include <sys/shm.h>

int main(void)
{
    MUST(close(open("file", O_CREAT | O_WRONLY, 0600)));
    key_t key = ftok("file", 'u');
    MUST(key);
    say_result("not there", shmget(key, 100, 0600));
    int id = shmget(key, 5000, IPC_CREAT | 0600);
    MUST(id);
    say("found: %d\n", shmget(key, 100, 0600) == id);
    say_result("too large", shmget(key, 6000, 0600));
    say_result("exclusive", shmget(key, 100, IPC_CREAT | IPC_EXCL | 0600));
    MUST(shmctl(id, IPC_RMID, NULL));
    say_result("removed", shmget(key, 100, 0600));
    return 0;
}
