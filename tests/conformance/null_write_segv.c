/* writing through a null pointer kills with SIGSEGV. */
#include "observe.h"

static void body(void)
{
    *(volatile int *)opaque(0) = 1;
}

int main(void)
{
    say_status("child", run_child(body));
    return 0;
}
