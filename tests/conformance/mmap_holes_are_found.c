/* memory mapped without an address is disjoint, also where there is much of it, and a hole that is unmapped is found again. */
#include "observe.h"

enum { PIECES = 64, MEGABYTE = 1 << 20 };

static char *map(size_t bytes)
{
    char *at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (at == MAP_FAILED) {
        say("no memory: %s\n", error_name(errno));
        _exit(1);
    }
    return at;
}

int main(void)
{
    char *pieces[PIECES];
    for (int i = 0; i < PIECES; i++) {
        pieces[i] = map(MEGABYTE);
        memset(pieces[i], i, MEGABYTE);
        for (int j = 0; j < i; j++)
            if (pieces[i] < pieces[j] + MEGABYTE && pieces[j] < pieces[i] + MEGABYTE)
                say("%d lies on %d\n", i, j);
    }
    for (int i = 0; i < PIECES; i++)
        if (pieces[i][0] != i || pieces[i][MEGABYTE - 1] != i)
            say("%d has lost its bytes\n", i);
    MUST(munmap(pieces[PIECES / 2], MEGABYTE));
    char *again = map(MEGABYTE);
    say("the hole is found again: %d\n", again == pieces[PIECES / 2]);
    for (int i = 0; i < MEGABYTE; i += 4096)
        if (again[i]) {
            say("and is not zero\n");
            break;
        }
    for (int i = 0; i < 60;
         i++) { /* 960 GB of addresses, with memory here and there: across all windows of whoever maps */
        char *large = map(16UL << 30);
        if (i % 10 == 9)
            large[0] = large[(16UL << 30) - 1] = 1;
        if (large < pieces[0] + MEGABYTE && pieces[0] < large + (16UL << 30))
            say("%d lies on the first\n", i);
    }
    say("done\n");
    return 0;
}
