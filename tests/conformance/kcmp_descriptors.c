/* kcmp tells which descriptors of two processes lead to one open file; they share nothing else, and semaphore adjustments where there are none. */
#include "observe.h"

#include <linux/kcmp.h>
#include <sys/sem.h>
#include <sys/syscall.h>

static void compare(const char *what, pid_t one, pid_t other, int type, unsigned long a, unsigned long b)
{
    long result = syscall(SYS_kcmp, one, other, type, a, b);
    say("%s: %s\n", what, result < 0 ? error_name(errno) : result == 0 ? "the same" : "others");
}

int main(void)
{
    int ends[2], stop[2];
    make_pipe(ends);
    make_pipe(stop);
    int null = open("/dev/null", O_RDONLY), again = open("/dev/null", O_RDONLY), copy = dup(null);
    MUST(null);
    MUST(again);
    MUST(copy);
    pid_t self = getpid(), child = fork_child();
    if (child == 0) {
        take_byte(stop[0]);
        _exit(0);
    }
    compare("a copy", self, self, KCMP_FILE, (unsigned long)null, (unsigned long)copy);
    compare("opened twice", self, self, KCMP_FILE, (unsigned long)null, (unsigned long)again);
    compare("inherited", self, child, KCMP_FILE, (unsigned long)null, (unsigned long)null);
    compare("inherited copy", self, child, KCMP_FILE, (unsigned long)null, (unsigned long)copy);
    compare("inherited pipe", self, child, KCMP_FILE, (unsigned long)ends[0], (unsigned long)ends[0]);
    compare("two ends", self, child, KCMP_FILE, (unsigned long)ends[0], (unsigned long)ends[1]);
    compare("not open", self, child, KCMP_FILE, (unsigned long)null, 99);
    compare("own memory", self, self, KCMP_VM, 0, 0);
    compare("memory", self, child, KCMP_VM, 0, 0);
    compare("descriptors", self, child, KCMP_FILES, 0, 0);
    compare("directories", self, child, KCMP_FS, 0, 0);
    compare("handlers", self, child, KCMP_SIGHAND, 0, 0);
    compare("no adjustments", self, child, KCMP_SYSVSEM, 0, 0);
    int set = semget(IPC_PRIVATE, 1, 0600);
    MUST(set);
    MUST(semop(set, &(struct sembuf){.sem_op = 1, .sem_flg = SEM_UNDO}, 1));
    compare("adjustments of one", self, child, KCMP_SYSVSEM, 0, 0);
    compare("own adjustments", self, self, KCMP_SYSVSEM, 0, 0);
    MUST(semctl(set, 0, IPC_RMID));
    compare("nothing", self, child, 99, 0, 0);
    compare("nobody", self, 999999, KCMP_VM, 0, 0);
    send_byte(stop[1], 0);
    say_status("child", reap(child));
    return 0;
}
