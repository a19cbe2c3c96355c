/* longjmp returns to setjmp with its value, through several frames. */
#include "observe.h"

#include <setjmp.h>

static jmp_buf place;

static void deep(int depth)
{
    if (depth == 0)
        longjmp(place, 42);
    deep(depth - 1);
    say("not reached\n");
}

int main(void)
{
    volatile int rounds = 0;
    int value = setjmp(place);
    say("setjmp: %d\n", value);
    if (rounds++ == 0)
        deep(10);
    return 0;
}
