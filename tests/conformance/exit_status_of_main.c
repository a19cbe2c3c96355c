/* the status that main returns is the process's. */
#include "observe.h"

int main(void)
{
    say("returns 23\n");
    return 23;
}
