/* a vfork child's own children: a forked one has a copy of the memory, one of vfork shares it with all above; memory that a child maps or allocates stays. */
#include "observe.h"

static volatile int value = 1;
static char *volatile allocated, *volatile mapped;

static int in_child(void)
{
    value = 2;
    pid_t forked = fork();
    if (forked == 0) {
        int seen = value;
        value = 3;
        _exit(seen);
    }
    say_status("forked", reap(forked));
    say("after fork %d\n", value);
    pid_t shared = vfork();
    if (shared == 0) {
        value = 4;
        allocated = malloc(300000);
        memset(allocated, 'a', 300000);
        mapped = mmap(0, 3000000, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        memset(mapped, 'm', 3000000);
        _exit(5);
    }
    say_status("shared", reap(shared));
    say("after vfork %d %c %c\n", value, allocated[299999], mapped[2999999]);
    value++;
    return 6;
}

int main(void)
{
    for (int round = 0; round < 3; round++) {
        pid_t child = vfork();
        if (child == 0)
            _exit(in_child());
        say_status("child", reap(child));
        say("in the end %d %c %c\n", value, allocated[round], mapped[round]);
        allocated[round] = 'b';
        MUST(munmap(mapped, 3000000));
        free(allocated);
    }
    return 0;
}
