/* 32 MB of bss are zero and writable. */
#include "observe.h"

static unsigned char area[32 << 20];

int main(void)
{
    long wrong = 0;
    for (size_t i = 0; i < sizeof area; i += 4096) {
        wrong += area[i] != 0;
        area[i] = (unsigned char)(i >> 12);
    }
    for (size_t i = 0; i < sizeof area; i += 4096)
        wrong += area[i] != (unsigned char)(i >> 12);
    say("wrong pages: %ld\n", wrong);
    return 0;
}
