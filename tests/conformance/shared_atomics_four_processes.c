/* atomic additions of four processes in shared anonymous memory are never lost. */
#include "observe.h"

#include <stdatomic.h>

int main(void)
{
    atomic_long *sum = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    MUST(sum == MAP_FAILED ? -1 : 0);
    pid_t children[4];
    for (int i = 0; i < 4; i++) {
        children[i] = fork_child();
        if (children[i] == 0) {
            for (int n = 0; n < 20000; n++)
                atomic_fetch_add(sum, i + 1);
            _exit(0);
        }
    }
    for (int i = 0; i < 4; i++)
        say_status("child", reap(children[i]));
    say("sum %ld\n", atomic_load(sum));
    return 0;
}
