/* MAP_32BIT gives memory below 2 GB, at the address asked for if it is free there; without it memory lies above 4 GB. */
#include "observe.h"
#include <sys/mman.h>

#define GIGABYTE (1UL << 30)

static unsigned long map(unsigned long hint, size_t bytes, int flags)
{
    void *at = mmap((void *)hint, bytes, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | flags, -1, 0);
    if (at == MAP_FAILED)
        return 0;
    *(volatile char *)at = 1;
    return (unsigned long)at;
}

static const char *where(unsigned long at)
{
    return !at                 ? error_name(errno)
           : at < 2 * GIGABYTE ? "below 2 GB"
           : at < 4 * GIGABYTE ? "below 4 GB"
                               : "above";
}

int main(void)
{
    say("as it comes: %s\n", where(map(0, 4096, 0)));
    unsigned long first = map(0, 4096, MAP_32BIT), second = map(0, 1 << 20, MAP_32BIT);
    say("low: %s, %s, apart: %d\n", where(first), where(second),
        first + 4096 <= second || second + (1 << 20) <= first);
    unsigned long hint = 0x50000000;
    say("hint: %d\n", map(hint, 4096, MAP_32BIT) == hint);
    say("hint that is taken: %s, elsewhere: %d\n", where(map(hint, 4096, MAP_32BIT)),
        map(hint, 4096, MAP_32BIT) != hint);
    say("hint that is too high: %s\n", where(map(64 * GIGABYTE, 4096, MAP_32BIT)));
    say("too much: %s\n", where(map(0, 2 * GIGABYTE, MAP_32BIT)));
    pid_t child = fork_child();
    if (child == 0) {
        say("child: %d, %s\n", *(volatile char *)first, where(map(0, 4096, MAP_32BIT)));
        _exit(0);
    }
    say_status("child", reap(child));
    return 0;
}
