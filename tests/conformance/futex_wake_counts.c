/* FUTEX_WAKE wakes no more processes than asked for and returns how many it woke. */
#include "observe.h"

#include <linux/futex.h>
#include <sys/syscall.h>

int main(void)
{
    uint32_t *word = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    MUST(word == MAP_FAILED ? -1 : 0);
    int ended[2];
    make_pipe(ended);
    for (int i = 0; i < 4; i++) {
        if (fork_child() == 0) {
            long result = syscall(SYS_futex, word, FUTEX_WAIT, 0, NULL, NULL, 0);
            send_byte(ended[1], result == 0 ? 'w' : 'n');
            _exit(0);
        }
    }
    long woken = 0;
    while (woken < 1)
        woken = syscall(SYS_futex, word, FUTEX_WAKE, 1, NULL, NULL, 0);
    say("one: %ld\n", woken);
    say("%c\n", take_byte(ended[0]));
    while (woken < 4)
        woken += syscall(SYS_futex, word, FUTEX_WAKE, 10, NULL, NULL, 0);
    say("all: %ld\n", woken);
    for (int i = 0; i < 3; i++)
        say("%c\n", take_byte(ended[0]));
    while (wait(NULL) > 0)
        continue;
    say_result("nobody", syscall(SYS_futex, word, FUTEX_WAKE, 10, NULL, NULL, 0));
    return 0;
}
