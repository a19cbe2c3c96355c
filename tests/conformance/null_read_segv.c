/* reading through a null pointer kills with SIGSEGV. */
#include "observe.h"

static void body(void)
{
    say("read %d\n", *(volatile int *)opaque(0));
}

int main(void)
{
    say_status("child", run_child(body));
    return 0;
}
