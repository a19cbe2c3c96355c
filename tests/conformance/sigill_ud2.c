/* an undefined instruction kills with SIGILL. */
#include "observe.h"

static void body(void)
{
    __asm__ volatile("ud2");
}

int main(void)
{
    say_status("child", run_child(body));
    return 0;
}
