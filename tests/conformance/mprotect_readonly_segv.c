/* a write to a page made read-only kills with SIGSEGV, a read does not. */
#include "observe.h"

static char *page;

static void body(void)
{
    page[0] = 'x';
    MUST(mprotect(page, 4096, PROT_READ));
    say("read: %c\n", *(volatile char *)page);
    *(volatile char *)page = 'y';
}

int main(void)
{
    page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    say_status("child", run_child(body));
    return 0;
}
