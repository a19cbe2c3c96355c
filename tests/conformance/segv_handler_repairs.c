/* a SIGSEGV handler may repair the page and return: the instruction is run again. */
#include "observe.h"

static char *page;

static void on_signal(int number)
{
    (void)number;
    MUST(mprotect(page, 4096, PROT_READ | PROT_WRITE));
}

int main(void)
{
    page = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    handle(SIGSEGV, on_signal, 0);
    *(volatile char *)page = 'r';
    say("stored: %c\n", *(volatile char *)page);
    return 0;
}
