/* futex_waitv waits at several words: it tells which one was woken, times out, and checks its arguments. */
#include "observe.h"

#include <linux/futex.h>
#include <sched.h>
#include <sys/syscall.h>

#ifndef SYS_futex_waitv
#define SYS_futex_waitv 449
#endif

struct waiter {
    uint64_t value, address;
    uint32_t flags, reserved;
};

static long wait_at(struct waiter *waiters, unsigned count, struct timespec *limit, int clock)
{
    return syscall(SYS_futex_waitv, waiters, count, 0, limit, clock);
}

int main(void)
{
    uint32_t *words = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    struct waiter waiters[3];
    for (int i = 0; i < 3; i++)
        waiters[i] = (struct waiter){0, (uintptr_t)&words[i], 2, 0};
    pid_t child = fork_child();
    if (child == 0) {
        while (syscall(SYS_futex, &words[2], FUTEX_WAKE, 1, NULL, NULL, 0) == 0)
            sched_yield();
        _exit(0);
    }
    say_result("woken", wait_at(waiters, 3, NULL, CLOCK_MONOTONIC));
    reap(child);
    words[1] = 5;
    say_result("changed", wait_at(waiters, 3, NULL, CLOCK_MONOTONIC));
    words[1] = 0;
    struct timespec past = {1, 0};
    say_result("late", wait_at(waiters, 3, &past, CLOCK_MONOTONIC));
    say_result("late by the calendar", wait_at(waiters, 3, &past, CLOCK_REALTIME));
    uint32_t own = 0;
    struct waiter mine = {0, (uintptr_t)&own, 2 | 128, 0};
    say_result("private", wait_at(&mine, 1, &past, CLOCK_MONOTONIC));
    say_result("none", wait_at(waiters, 0, NULL, CLOCK_MONOTONIC));
    say_result("too many", wait_at(waiters, 129, NULL, CLOCK_MONOTONIC));
    say_result("no waiters", wait_at(NULL, 1, NULL, CLOCK_MONOTONIC));
    say_result("no clock", wait_at(waiters, 1, &past, CLOCK_BOOTTIME));
    waiters[0].address++;
    say_result("unaligned", wait_at(waiters, 1, NULL, CLOCK_MONOTONIC));
    waiters[0].address--;
    waiters[0].flags = 0;
    say_result("no size", wait_at(waiters, 1, NULL, CLOCK_MONOTONIC));
    waiters[0].flags = 2;
    waiters[0].reserved = 1;
    say_result("reserved", wait_at(waiters, 1, NULL, CLOCK_MONOTONIC));
    waiters[0].reserved = 0;
    waiters[0].address = 8;
    say_result("nowhere", wait_at(waiters, 1, NULL, CLOCK_MONOTONIC));
    return 0;
}
