/* sbrk grows the heap with zero pages, keeps its data and shrinks it again. */
#include "observe.h"

int main(void)
{
    char *start = sbrk(0);
    say("grows: %d\n", sbrk(1 << 20) == (void *)start);
    long wrong = 0;
    for (int i = 0; i < 1 << 20; i++)
        wrong += start[i] != 0;
    memset(start, 'b', 1 << 20);
    say("bytes not zero: %ld\n", wrong);
    say("shrinks: %d\n", sbrk(-(1 << 20)) == (void *)(start + (1 << 20)));
    say("back at the start: %d\n", sbrk(0) == (void *)start);
    sbrk(1 << 20);
    say("zero again: %d\n", start[1 << 19] == 0);
    return 0;
}
