/* clone: CLONE_PARENT makes a sibling, CLONE_PIDFD writes a pidfd; contradictions are EINVAL. */
#include "observe.h"

#include <sched.h>
#include <sys/syscall.h>

static long raw_clone(unsigned long flags, int *word)
{
    return syscall(SYS_clone, flags, NULL, word, NULL, 0);
}

int main(void)
{
    int p[2], word = -1;
    pid_t top = getpid();
    char byte;
    MUST(pipe(p));
    pid_t middle = fork_child();
    if (middle == 0) {
        int status;
        long sibling = raw_clone(CLONE_PARENT | SIGCHLD, NULL);
        if (sibling == 0) {
            say("sibling's parent is the first %d\n", getppid() == top);
            MUST(write(p[1], "x", 1));
            syscall(SYS_exit_group, 5);
        }
        MUST(read(p[0], &byte, 1));
        say_result("not mine", waitpid((pid_t)sibling, &status, 0));
        _exit(6);
    }
    int codes = 0, status;
    for (int i = 0; i < 2; i++) {
        MUST(wait(&status));
        codes += WEXITSTATUS(status);
    }
    say("codes %d\n", codes);
    say_result("no more", wait(&status));

    long child = raw_clone(CLONE_PIDFD | SIGCHLD, &word);
    if (child == 0)
        syscall(SYS_exit_group, word == -1 ? 7 : 8);
    MUST(child);
    say("pidfd %d cloexec %d\n", word > 2, fcntl(word, F_GETFD) == FD_CLOEXEC);
    struct pollfd ended = {word, POLLIN, 0};
    while (poll(&ended, 1, -1) < 1)
        continue;
    siginfo_t info = {0};
    say_result("waitid", waitid((idtype_t)3, (id_t)word, &info, WEXITED));
    say("status %d mine %d\n", info.si_status, info.si_pid == child);
    say_result("CLONE_SIGHAND alone", raw_clone(CLONE_SIGHAND | SIGCHLD, NULL));
    say_result("CLONE_THREAD alone", raw_clone(CLONE_THREAD | SIGCHLD, NULL));
    say_result("CLONE_PIDFD and PARENT_SETTID",
               raw_clone(CLONE_PIDFD | CLONE_PARENT_SETTID | SIGCHLD, &word));
    say_result("CLONE_FS and NEWNS", raw_clone(CLONE_FS | CLONE_NEWNS | SIGCHLD, NULL));
    say_result("pidfd nowhere", raw_clone(CLONE_PIDFD | SIGCHLD, (int *)8));
    return 0;
}
