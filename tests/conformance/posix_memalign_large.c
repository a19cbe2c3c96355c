/* posix_memalign gives large blocks at large alignments that can be used and freed. */
#include "observe.h"

int main(void)
{
    for (size_t alignment = 64; alignment <= 2 << 20; alignment *= 8) {
        void *memory;
        say("result %d", posix_memalign(&memory, alignment, 3000000));
        memset(memory, 7, 3000000);
        say(", aligned %d\n", (uintptr_t)memory % alignment == 0);
        free(memory);
    }
    void *memory = NULL;
    say("not a power of two: %d\n", posix_memalign(&memory, 48, 100) == EINVAL);
    return 0;
}
