/* using a closed descriptor fails with EBADF in every call. */
#include "observe.h"

int main(void)
{
    int ends[2];
    char byte = 'x';
    make_pipe(ends);
    close_fd(ends[0]);
    close_fd(ends[1]);
    say_result("close", close(ends[0]));
    say_result("read", read(ends[0], &byte, 1));
    say_result("write", write(ends[1], &byte, 1));
    say_result("dup", dup(ends[0]));
    say_result("fcntl", fcntl(ends[0], F_GETFD));
    say_result("close -1", close((int)opaque((uintptr_t)-1)));
    return 0;
}
