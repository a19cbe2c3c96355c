/* mmap of no bytes, without a sharing mode or at a crooked address is EINVAL; munmap too. */
#include "observe.h"

int main(void)
{
    void *result = mmap(NULL, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    say_result("no bytes", result == MAP_FAILED ? -1 : 0);
    result = mmap(NULL, 4096, PROT_READ, MAP_ANONYMOUS, -1, 0);
    say_result("no mode", result == MAP_FAILED ? -1 : 0);
    result = mmap((void *)opaque(4097), 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    say_result("crooked address", result == MAP_FAILED ? -1 : 0);
    result = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, -1, 0);
    say_result("bad descriptor", result == MAP_FAILED ? -1 : 0);
    say_result("munmap of a crooked address", munmap((void *)opaque(4097), 4096));
    say_result("munmap of nothing mapped", munmap((void *)opaque(0x10000000000), 4096));
    return 0;
}
