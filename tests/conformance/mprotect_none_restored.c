/* a page keeps its contents while it is PROT_NONE. */
#include "observe.h"

int main(void)
{
    char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memcpy(page, "kept", 5);
    MUST(mprotect(page, 4096, PROT_NONE));
    MUST(mprotect(page, 4096, PROT_READ));
    say("%s\n", page);
    return 0;
}
