/* calling a null function pointer kills with SIGSEGV. */
#include "observe.h"

static void body(void)
{
    ((void (*)(void))opaque(0))();
}

int main(void)
{
    say_status("child", run_child(body));
    return 0;
}
