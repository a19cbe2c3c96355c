/* a breakpoint instruction kills with SIGTRAP. */
#include "observe.h"

static void body(void)
{
    __asm__ volatile("int3");
}

int main(void)
{
    say_status("child", run_child(body));
    return 0;
}
