/* an access to an unmapped page kills with SIGSEGV; its neighbours stay. */
#include "observe.h"

static char *pages;

static void body(void)
{
    MUST(munmap(pages + 4096, 4096));
    pages[0] = 1;
    pages[8192] = 1;
    say("neighbours are there\n");
    pages[4096] = 1;
}

int main(void)
{
    pages = mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    say_status("child", run_child(body));
    return 0;
}
