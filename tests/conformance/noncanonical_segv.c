/* an access to a non-canonical address kills with SIGSEGV. */
#include "observe.h"

static void body(void)
{
    say("read %d\n", *(volatile int *)opaque(0x8000000000000000u));
}

int main(void)
{
    say_status("child", run_child(body));
    return 0;
}
