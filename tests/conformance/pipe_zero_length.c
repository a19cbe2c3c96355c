/* reads and writes of zero bytes succeed, write nothing and do not block. */
#include "observe.h"

int main(void)
{
    int ends[2];
    char byte;
    make_pipe(ends);
    say_result("write 0", write(ends[1], "", 0));
    say_result("read 0 of the empty pipe", read(ends[0], &byte, 0));
    int queued = -1;
    MUST(ioctl(ends[0], FIONREAD, &queued));
    say("queued: %d\n", queued);
    return 0;
}
