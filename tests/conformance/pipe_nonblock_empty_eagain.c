/* a nonblocking read of an empty pipe fails with EAGAIN while there is a writer, and is 0 after. */
#include "observe.h"

int main(void)
{
    int ends[2];
    char byte;
    MUST(pipe2(ends, O_NONBLOCK));
    say_result("read with a writer", read(ends[0], &byte, 1));
    send_byte(ends[1], 'x');
    say_result("read with data", read(ends[0], &byte, 1));
    close_fd(ends[1]);
    say_result("read without a writer", read(ends[0], &byte, 1));
    return 0;
}
