/* page size, clock ticks and the number of processors are sensible. */
#include "observe.h"

int main(void)
{
    say("page %ld, ticks %ld\n", sysconf(_SC_PAGESIZE), sysconf(_SC_CLK_TCK));
    say("processors: %d\n", sysconf(_SC_NPROCESSORS_ONLN) >= 1);
    return 0;
}
