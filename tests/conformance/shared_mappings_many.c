/* thousands of small shared mappings: zero at first; children share those that were there before the fork. */
#include "observe.h"

#define COUNT 3000
#define LATER 300

static int *map_one(void)
{
    int *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED) {
        say("mmap: %s\n", error_name(errno));
        _exit(1);
    }
    return at;
}

static int count(int **all, int number, int (*good)(const int *, int))
{
    int found = 0;
    for (int i = 0; i < number; i++)
        found += good(all[i], i);
    return found;
}

static int is_zero(const int *at, int i)
{
    return i >= 0 && !*at;
}

static int is_number(const int *at, int i)
{
    return *at == i + 1;
}

static int is_twice(const int *at, int i)
{
    return *at == 2 * (i + 1);
}

static int is_negative(const int *at, int i)
{
    return *at == -(i + 1);
}

int main(void)
{
    static int *all[COUNT], *later[LATER];
    for (int i = 0; i < COUNT; i++)
        all[i] = map_one();
    say("zero at first: %d\n", count(all, COUNT, is_zero));
    for (int i = 0; i < COUNT; i++)
        *all[i] = i + 1;
    say("own: %d\n", count(all, COUNT, is_number));
    pid_t child = fork_child();
    for (int i = 0; i < LATER; i++)
        later[i] = map_one();
    if (child == 0) {
        say("child's zero: %d\n", count(later, LATER, is_zero));
        for (int i = 0; i < COUNT; i++)
            *all[i] *= 2;
        for (int i = 0; i < LATER; i++)
            *later[i] = i + 1;
        say("child's: %d\n", count(later, LATER, is_number));
        _exit(0);
    }
    for (int i = 0; i < LATER; i++)
        *later[i] = -(i + 1);
    say_status("child", reap(child));
    say("by the child: %d\n", count(all, COUNT, is_twice));
    say("untouched: %d\n", count(later, LATER, is_negative));
    for (int i = 0; i < COUNT; i += 2)
        MUST(munmap(all[i], 4096));
    int left = 0;
    for (int i = 1; i < COUNT; i += 2)
        left += is_twice(all[i], i);
    say("left: %d\n", left);
    int *large = mmap(NULL, 5 << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    large[(5 << 18) - 1] = 7;
    int *behind = map_one();
    say("large %d, behind it %d\n", large[(5 << 18) - 1], *behind);
    MUST(munmap(large, 5 << 20));
    *behind = 9;
    say("still %d\n", *behind);
    return 0;
}
