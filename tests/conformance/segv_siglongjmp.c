/* a SIGSEGV handler may jump out, again and again. */
#include "observe.h"

#include <setjmp.h>

static sigjmp_buf place;

static void on_signal(int number)
{
    siglongjmp(place, number);
}

int main(void)
{
    static volatile int caught;
    handle(SIGSEGV, on_signal, 0);
    for (int i = 0; i < 5; i++) {
        if (sigsetjmp(place, 1) == 0)
            *(volatile int *)opaque(16) = 1;
        else
            caught++;
    }
    say("caught: %d\n", caught);
    return 0;
}
