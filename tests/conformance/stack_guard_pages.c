/* pages at the low end of the main stack may be mapped over and protected, as runtimes do for guards. */
#include "observe.h"

int main(void)
{
    struct rlimit limit;
    MUST(getrlimit(RLIMIT_STACK, &limit));
    size_t whole = limit.rlim_cur > 8 << 20 ? 8 << 20 : limit.rlim_cur;
    char *here = (char *)((uintptr_t)__builtin_frame_address(0) & ~(uintptr_t)4095);
    char *low = here - whole + (1 << 20);
    void *at = mmap(low, 16384, PROT_NONE, MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE | MAP_ANONYMOUS, -1, 0);
    say("guard %d\n", at == low);
    at = mmap(low + 4096, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED | MAP_ANONYMOUS, -1, 0);
    say("over it %d\n", at == low + 4096);
    say_result("protect", mprotect(low + 4096, 8192, PROT_NONE));
    say_result("unmap", munmap(low, 16384));
    return 0;
}
