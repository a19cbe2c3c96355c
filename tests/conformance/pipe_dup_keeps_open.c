/* a duplicate keeps an end open after the original is closed. */
#include "observe.h"

int main(void)
{
    int ends[2];
    MUST(pipe2(ends, O_NONBLOCK));
    int copy = dup(ends[1]);
    char byte;
    close_fd(ends[1]);
    say_result("read with the duplicate open", read(ends[0], &byte, 1));
    send_byte(copy, 'x');
    say_result("read", read(ends[0], &byte, 1));
    close_fd(copy);
    say_result("read without any", read(ends[0], &byte, 1));
    return 0;
}
