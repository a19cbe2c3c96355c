/* endless recursion kills with SIGSEGV. */
#include "observe.h"

static int recurse(int depth)
{
    volatile char page[4096];
    page[0] = (char)depth;
    return recurse(depth + 1) + page[0];
}

static void body(void)
{
    say("%d\n", recurse(0));
}

int main(void)
{
    say_status("child", run_child(body));
    return 0;
}
