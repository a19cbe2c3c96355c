/* clone3 forks: signal, CLONE_PIDFD, id words, CLONE_CLEAR_SIGHAND; contradictions are refused. */
#include "observe.h"

#include <sched.h>
#include <sys/syscall.h>

struct arguments {
    uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls, set_tid, set_tid_size,
        cgroup, later;
};

static void handler(int number)
{
    (void)number;
}

static long clone3(struct arguments wanted, size_t size)
{
    return syscall(SYS_clone3, &wanted, size);
}

int main(void)
{
    int parent_word = 0, pidfd = -1, status;
    static int child_word;
    signal(SIGUSR1, handler);
    signal(SIGUSR2, SIG_IGN);
    struct arguments wanted = {.flags =
                                   CLONE_PIDFD | CLONE_PARENT_SETTID | CLONE_CHILD_SETTID | 0x100000000ULL,
                               .pidfd = (uintptr_t)&pidfd,
                               .child_tid = (uintptr_t)&child_word,
                               .parent_tid = (uintptr_t)&parent_word,
                               .exit_signal = SIGCHLD};
    long child = clone3(wanted, 88);
    if (child == 0) {
        struct sigaction one, other;
        sigaction(SIGUSR1, NULL, &one);
        sigaction(SIGUSR2, NULL, &other);
        say("cleared %d ignored %d\n", one.sa_handler == SIG_DFL, other.sa_handler == SIG_IGN);
        syscall(SYS_exit_group, child_word == syscall(SYS_getpid) ? 3 : 4);
    }
    MUST(child);
    MUST(waitpid((pid_t)child, &status, 0));
    say("words %d %d\n", parent_word == child, pidfd > 2);
    say_status("child", status);
    child = clone3((struct arguments){.exit_signal = 0}, 64);
    if (child == 0)
        syscall(SYS_exit_group, 5);
    MUST(child);
    say_result("without a signal", waitpid((pid_t)child, &status, 0));
    say("__WALL %d\n", waitpid((pid_t)child, &status, __WALL) == child);
    say_status("child", status);
    say_result("small", clone3((struct arguments){.exit_signal = SIGCHLD}, 56));
    say_result("later", clone3((struct arguments){.exit_signal = SIGCHLD, .later = 1}, 96));
    say_result("huge", clone3((struct arguments){.exit_signal = SIGCHLD}, 8192));
    say_result("signal in the flags", clone3((struct arguments){.flags = SIGCHLD}, 88));
    say_result("no signal", clone3((struct arguments){.exit_signal = 65}, 88));
    say_result("stack without size", clone3((struct arguments){.exit_signal = SIGCHLD, .stack = 4096}, 88));
    say_result("parent's with a signal",
               clone3((struct arguments){.flags = CLONE_PARENT, .exit_signal = SIGCHLD}, 88));
    say_result("no place for ids", clone3((struct arguments){.exit_signal = SIGCHLD, .set_tid_size = 1}, 88));
    say_result(
        "too many ids",
        clone3((struct arguments){.exit_signal = SIGCHLD, .set_tid = (uintptr_t)&status, .set_tid_size = 33},
               88));
    say_result("nowhere", syscall(SYS_clone3, 8, 88));
    return 0;
}
