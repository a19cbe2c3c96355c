/* mincore tells touched pages as resident and holes as ENOMEM; mlock and munlock succeed. */
#include "observe.h"

int main(void)
{
    unsigned char resident[2];
    char *memory = mmap(NULL, 2 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    MUST(memory == MAP_FAILED ? -1 : 0);
    memset(memory, 1, 2 * 4096);
    say_result("mincore", mincore(memory, 2 * 4096, resident));
    say("%d %d\n", resident[0] & 1, resident[1] & 1);
    say_result("mlock", mlock(memory, 4096));
    say_result("munlock", munlock(memory, 4096));
    say_result("crooked", mincore(memory + 1, 4096, resident));
    MUST(munmap(memory + 4096, 4096));
    say_result("hole", mincore(memory, 2 * 4096, resident));
    say_result("mlock of a hole", mlock(memory, 2 * 4096));
    return 0;
}
