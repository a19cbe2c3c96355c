/* a page deep in the stack's own memory can be replaced with MAP_FIXED, protected and unmapped. */
#include "observe.h"

/* What a child finds there. */
static void touch(const char *what, volatile char *page)
{
    int status;
    pid_t child;
    MUST(child = fork());
    if (child == 0) {
        char before = page[0];
        page[0] = 1;
        _exit(before == 0 ? 7 : 8);
    }
    MUST(waitpid(child, &status, 0));
    say_status(what, status);
}

int main(void)
{
    volatile char deep[128 * 1024];
    for (size_t i = 0; i < sizeof deep; i += 4096)
        deep[i] = 'a';
    char *page = (char *)(((uintptr_t)deep + 4095) & ~(uintptr_t)4095) + 8192;
    touch("written before", page);
    char *fixed = mmap(page, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    say("replaced: %d\n", fixed == page);
    touch("fresh", page);
    say_result("mprotect", mprotect(page, 4096, PROT_READ));
    touch("read-only", page);
    say_result("munmap", munmap(page, 4096));
    say("the rest is as it was: %c\n", deep[sizeof deep - 4096]);
    return 0;
}
