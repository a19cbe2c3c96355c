/* bytes written to a mapping run once mprotect has made it executable. */
#include "observe.h"

static const unsigned char code[] = {0xb8, 0x2a, 0, 0, 0, 0xc3}; /* mov $42, %eax; ret */

int main(void)
{
    unsigned char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memcpy(page, code, sizeof code);
    MUST(mprotect(page, 4096, PROT_READ | PROT_EXEC));
    say("returns %d\n", ((int (*)(void))(uintptr_t)page)());
    return 0;
}
