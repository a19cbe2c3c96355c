/* Memory in many pieces far apart, as sanitizers have it, is the process's own and its child's, who adds to it. */
#include "observe.h"
#include <sys/mman.h>

#define PIECES 48
#define APART (64UL << 30)
#define FIRST 0x100000000000UL

static char *piece(int number)
{
    return (char *)(FIRST + (unsigned long)number * APART);
}

static int map(int number)
{
    return mmap(piece(number), 65536, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE | MAP_NORESERVE, -1, 0) == piece(number);
}

static int sum(int from, int to)
{
    int all = 0;
    for (int i = from; i < to; i++)
        all += *piece(i);
    return all;
}

int main(void)
{
    int mapped = 0;
    for (int i = 0; i < PIECES / 2; i++) {
        mapped += map(i);
        *piece(i) = 1;
    }
    say("mapped: %d, sum %d\n", mapped, sum(0, PIECES / 2));
    pid_t child = fork_child();
    if (child == 0) {
        for (int i = PIECES / 2; i < PIECES; i++) {
            mapped += map(i);
            *piece(i) = 2;
        }
        *piece(0) = 5;
        say("child: mapped %d, sum %d\n", mapped, sum(0, PIECES));
        _exit(0);
    }
    say_status("child", reap(child));
    say("parent: sum %d\n", sum(0, PIECES / 2));
    return 0;
}
