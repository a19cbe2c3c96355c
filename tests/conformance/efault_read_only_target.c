/* reading into read-only memory fails with EFAULT and keeps it as it was. */
#include "observe.h"

static const char constant[16] = "constant";

int main(void)
{
    int ends[2];
    make_pipe(ends);
    send_byte(ends[1], 'X');
    say_result("read", read(ends[0], (void *)opaque((uintptr_t)constant), 1));
    say("%s\n", constant);
    return 0;
}
