/* writing to program text kills with SIGSEGV. */
#include "observe.h"

static void body(void)
{
    *(volatile unsigned char *)opaque((uintptr_t)body) = 0x90;
}

int main(void)
{
    say_status("child", run_child(body));
    return 0;
}
