/* uname fills its fields; the machine is x86_64. */
#include "observe.h"

#include <sys/utsname.h>

int main(void)
{
    struct utsname name;
    MUST(uname(&name));
    say("sysname %s, machine %s\n", name.sysname, name.machine);
    say("nodename %d, release %d, version %d\n", name.nodename[0] != 0, name.release[0] != 0,
        name.version[0] != 0);
    return 0;
}
