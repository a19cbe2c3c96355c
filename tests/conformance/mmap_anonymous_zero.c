/* anonymous memory is zero, also after it was unmapped and mapped again. */
#include "observe.h"

int main(void)
{
    long wrong = 0;
    for (int round = 0; round < 3; round++) {
        unsigned char *area = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        for (int i = 0; i < 1 << 20; i++)
            wrong += area[i] != 0;
        memset(area, 0xff, 1 << 20);
        MUST(munmap(area, 1 << 20));
    }
    say("bytes not zero: %ld\n", wrong);
    return 0;
}
