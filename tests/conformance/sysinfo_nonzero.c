/* sysinfo tells memory and at least one process. */
#include "observe.h"

#include <sys/sysinfo.h>

int main(void)
{
    struct sysinfo info;
    MUST(sysinfo(&info));
    say("memory %d, unit %d, processes %d\n", info.totalram > 0, info.mem_unit > 0, info.procs > 0);
    say("free not above total: %d\n", info.freeram <= info.totalram);
    return 0;
}
