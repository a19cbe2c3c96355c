/* an access to the kernel's half of the address space kills with SIGSEGV. */
#include "observe.h"

static void body(void)
{
    say("read %d\n", *(volatile int *)opaque(0xffffffff80000000u));
}

int main(void)
{
    say_status("child", run_child(body));
    return 0;
}
