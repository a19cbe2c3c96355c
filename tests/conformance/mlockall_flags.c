/* mlockall takes MCL_CURRENT, MCL_FUTURE and MCL_ONFAULT, the last one not alone. */
#include "observe.h"
#include <sys/mman.h>

int main(void)
{
    for (int flags = 0; flags < 10; flags++) {
        char what[16];
        snprintf(what, sizeof what, "flags %d", flags);
        say_result(what, mlockall(flags));
        MUST(munlockall());
    }
    return 0;
}
