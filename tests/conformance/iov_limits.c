/* writev with a negative count, a count over IOV_MAX and an overflowing sum fail with EINVAL; zero is 0. */
#include "observe.h"

static struct iovec many[1025];

int main(void)
{
    int ends[2];
    char byte = 'x';
    make_pipe(ends);
    for (int i = 0; i < 1025; i++) {
        many[i].iov_base = &byte;
        many[i].iov_len = 1;
    }
    say_result("count -1", writev(ends[1], many, (int)opaque((uintptr_t)-1)));
    say_result("count 1025", writev(ends[1], many, 1025));
    say_result("count 1024", writev(ends[1], many, 1024));
    say_result("count 0", writev(ends[1], many, 0));
    many[0].iov_len = (size_t)-1;
    say_result("length SIZE_MAX", writev(ends[1], many, 2));
    return 0;
}
