/* times and clock count the CPU time that is used. */
#include "observe.h"

#include <sys/times.h>

int main(void)
{
    struct tms start, now;
    clock_t before = clock();
    if (times(&start) == (clock_t)-1)
        return 1;
    do {
        for (int i = 0; i < 100000; i++)
            opaque((uintptr_t)i);
        if (times(&now) == (clock_t)-1)
            return 1;
    } while (now.tms_utime + now.tms_stime < start.tms_utime + start.tms_stime + 2);
    say("clock advanced: %d\n", clock() > before);
    say("children: %d\n", now.tms_cutime + now.tms_cstime == 0);
    return 0;
}
