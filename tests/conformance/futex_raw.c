/* FUTEX_WAIT and FUTEX_WAKE: a changed value is EAGAIN, time ends a wait, wake tells how many. */
#include "observe.h"
#include <linux/futex.h>
#include <sched.h>
#include <sys/syscall.h>

int main(void)
{
    int *word = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    struct timespec soon = {0, 10000000};
    say_result("changed", syscall(SYS_futex, word, FUTEX_WAIT, 1, NULL, NULL, 0));
    say("timeout %d\n", syscall(SYS_futex, word, FUTEX_WAIT, 0, &soon, NULL, 0) < 0 && errno == ETIMEDOUT);
    say_result("nobody", syscall(SYS_futex, word, FUTEX_WAKE, 5, NULL, NULL, 0));
    int private = 0;
    say("private timeout %d\n",
        syscall(SYS_futex, &private, FUTEX_WAIT_PRIVATE, 0, &soon, NULL, 0) < 0 && errno == ETIMEDOUT);
    pid_t children[3];
    for (int c = 0; c < 3; c++)
        if ((children[c] = fork_child()) == 0) {
            __atomic_fetch_add(word + 1, 1, __ATOMIC_SEQ_CST);
            while (__atomic_load_n(word, __ATOMIC_SEQ_CST) == 0)
                syscall(SYS_futex, word, FUTEX_WAIT, 0, NULL, NULL, 0);
            _exit(0);
        }
    while (__atomic_load_n(word + 1, __ATOMIC_SEQ_CST) != 3)
        sched_yield();
    __atomic_store_n(word, 1, __ATOMIC_SEQ_CST);
    syscall(SYS_futex, word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
    for (int c = 0; c < 3; c++)
        say_status("child", reap(children[c]));
    say_result("misaligned", syscall(SYS_futex, (char *)word + 1, FUTEX_WAKE, 1, NULL, NULL, 0));
    return 0;
}
