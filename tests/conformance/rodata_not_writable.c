/* writing to a constant kills with SIGSEGV. */
#include "observe.h"

static const char constant[] = "constant";

static void body(void)
{
    *(volatile char *)opaque((uintptr_t)constant) = 'C';
}

int main(void)
{
    say_status("child", run_child(body));
    say("%s\n", constant);
    return 0;
}
