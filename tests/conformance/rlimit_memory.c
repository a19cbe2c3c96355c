/* RLIMIT_AS and RLIMIT_DATA refuse memory beyond them with ENOMEM; RLIMIT_STACK lets a stack grow. */
#include "observe.h"

static void limit(int resource, rlim_t most)
{
    struct rlimit value;
    MUST(getrlimit(resource, &value));
    value.rlim_cur = most;
    MUST(setrlimit(resource, &value));
}

static void *map(size_t bytes)
{
    return mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void address_space(void)
{
    limit(RLIMIT_AS, 64 << 20);
    say("large: %d %s\n", map(128 << 20) == MAP_FAILED, error_name(errno));
    say("small: %d\n", map(1 << 20) == MAP_FAILED);
    say("malloc: %d\n", malloc(100 << 20) == NULL);
}

static void data(void)
{
    limit(RLIMIT_DATA, 2 << 20);
    say("sbrk: %d\n", sbrk(4 << 20) == (void *)-1);
    say("mmap: %d\n", map(4 << 20) == MAP_FAILED);
}

static long deep(int frames)
{
    volatile char frame[100000];
    memset((char *)opaque((uintptr_t)frame), 1, sizeof frame);
    return frames ? deep(frames - 1) + frame[frames] : 0;
}

static void stack(void)
{
    limit(RLIMIT_STACK, 32 << 20);
    say("%ld\n", deep(200));
}

int main(void)
{
    say_status("RLIMIT_AS", run_child(address_space));
    say_status("RLIMIT_DATA", run_child(data));
    say_status("RLIMIT_STACK", run_child(stack));
    return 0;
}
