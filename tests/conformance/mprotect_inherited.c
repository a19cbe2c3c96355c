/* a page read-only in the parent is read-only in a forked child, and writable ones writable. */
#include "observe.h"

static char *pages;

static void body(void)
{
    pages[4096] = 2;
    say("writable page: %d\n", pages[4096]);
    *(volatile char *)pages = 1;
}

int main(void)
{
    pages = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    MUST(mprotect(pages, 4096, PROT_READ));
    say_status("child", run_child(body));
    return 0;
}
