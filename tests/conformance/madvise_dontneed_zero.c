/* MADV_DONTNEED makes private pages zero again and leaves the neighbours and shared memory as they are. */
#include "observe.h"

int main(void)
{
    char *memory =
        mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    char *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    MUST(memory == MAP_FAILED || shared == MAP_FAILED ? -1 : 0);
    memset(memory, 'x', 3 * 4096);
    shared[0] = 's';
    say_result("madvise", madvise(memory + 4096, 4096, MADV_DONTNEED));
    say("%d %d %d\n", memory[4095], memory[4096], memory[8192]);
    say_result("shared", madvise(shared, 4096, MADV_DONTNEED));
    say("%c\n", shared[0]);
    say_result("crooked", madvise(memory + 1, 4096, MADV_DONTNEED));
    say_result("unknown", madvise(memory, 4096, 7777));
    MUST(munmap(memory + 4096, 4096));
    say_result("hole", madvise(memory, 3 * 4096, MADV_DONTNEED));
    return 0;
}
