/* the stack grows to several megabytes and keeps its contents, also in a child. */
#include "observe.h"

static unsigned long recurse(int depth)
{
    volatile unsigned char page[4096];
    page[0] = (unsigned char)depth;
    page[4095] = 1;
    if (depth == 0)
        return 0;
    unsigned long below = recurse(depth - 1);
    return below + page[0] + page[4095];
}

static void body(void)
{
    say("child: %lu\n", recurse(1000));
}

int main(void)
{
    say("parent: %lu\n", recurse(1000));
    say_status("child", run_child(body));
    return 0;
}
