/* shared memory segments are counted, inherited, and go with the last attachment after IPC_RMID. */
#include "observe.h"
#include <sys/shm.h>

static int id;

static void say_state(const char *when)
{
    struct shmid_ds state;
    int result = shmctl(id, IPC_STAT, &state);
    if (result < 0)
        say_result(when, result);
    else
        say("%s: %zu bytes, %lu attached, mode %o\n", when, state.shm_segsz, (unsigned long)state.shm_nattch,
            state.shm_perm.mode);
}

int main(void)
{
    id = shmget(IPC_PRIVATE, 5 << 20, 0640);
    MUST(id);
    say_result("no size", shmget(IPC_PRIVATE, 0, 0600));
    char *a = shmat(id, NULL, 0);
    const char *b = shmat(id, NULL, SHM_RDONLY);
    MUST(a == (char *)-1 || b == (const char *)-1 ? -1 : 0);
    say_state("attached twice");
    pid_t child = fork_child();
    if (child == 0) {
        say_state("in a child");
        a[(5 << 20) - 1] = 'c';
        _exit(0);
    }
    say_status("child", reap(child));
    say("the child wrote %c\n", b[(5 << 20) - 1]);
    say_state("after it");
    say_result("an occupied address", (long)shmat(id, a, 0));
    say_result("a crooked address", (long)shmat(id, a + 1, 0));
    say("remapped at the same place: %d\n", shmat(id, a + 100, SHM_RND | SHM_REMAP) == a);
    say_result("detach", shmdt(a));
    say_result("detach again", shmdt(a));
    say_result("remove", shmctl(id, IPC_RMID, NULL));
    say_state("removed");
    say("still there: %c\n", b[(5 << 20) - 1]);
    say_result("detach", shmdt(b));
    say_state("gone");
    say_result("attach", (long)shmat(id, NULL, 0));
    return 0;
}
