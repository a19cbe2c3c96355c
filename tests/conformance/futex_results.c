/* FUTEX_WAIT: EAGAIN for another value, ETIMEDOUT after its time; waking nobody is 0; EINVAL. */
#include "observe.h"

#include <linux/futex.h>
#include <sys/syscall.h>

int main(void)
{
    static uint32_t words[2] = {5, 5};
    struct timespec soon = {0, 5000000}, past;
    say_result("other value", syscall(SYS_futex, words, FUTEX_WAIT, 6, NULL, NULL, 0));
    say_result("timeout", syscall(SYS_futex, words, FUTEX_WAIT, 5, &soon, NULL, 0));
    say_result("private timeout", syscall(SYS_futex, words, FUTEX_WAIT_PRIVATE, 5, &soon, NULL, 0));
    MUST(clock_gettime(CLOCK_MONOTONIC, &past));
    say_result("bitset past",
               syscall(SYS_futex, words, FUTEX_WAIT_BITSET, 5, &past, NULL, FUTEX_BITSET_MATCH_ANY));
    say_result("bitset 0", syscall(SYS_futex, words, FUTEX_WAIT_BITSET, 5, &past, NULL, 0));
    say_result("realtime past",
               syscall(SYS_futex, words, FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME, 5, &past, NULL, 1));
    say_result("wake", syscall(SYS_futex, words, FUTEX_WAKE, 1, NULL, NULL, 0));
    say_result("crooked", syscall(SYS_futex, (char *)words + 1, FUTEX_WAIT, 5, NULL, NULL, 0));
    say_result("bad time", syscall(SYS_futex, words, FUTEX_WAIT, 5, &(struct timespec){0, -1}, NULL, 0));
    say_result("unmapped", syscall(SYS_futex, 4096, FUTEX_WAIT, 5, &soon, NULL, 0));
    return 0;
}
