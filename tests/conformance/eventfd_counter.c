/* an eventfd adds up what is written and gives the sum once; nonblocking empty or full is EAGAIN. */
#include "observe.h"

#include <sys/eventfd.h>

int main(void)
{
    uint64_t value = 3;
    int event = eventfd(4, EFD_NONBLOCK | EFD_CLOEXEC);
    MUST(event);
    say_result("write", write(event, &value, 8));
    say_result("read", read(event, &value, 8));
    say("%llu\n", (unsigned long long)value);
    say_result("read empty", read(event, &value, 8));
    say_result("short", read(event, &value, 7));
    value = UINT64_MAX;
    say_result("write all ones", write(event, &value, 8));
    value = UINT64_MAX - 1;
    say_result("write the most", write(event, &value, 8));
    struct pollfd wanted = {event, POLLIN | POLLOUT, 0};
    say_result("poll", poll(&wanted, 1, 0));
    say("%x\n", wanted.revents);
    value = 1;
    say_result("overflow", write(event, &value, 8));
    say_result("read", read(event, &value, 8));
    say("%d\n", value == UINT64_MAX - 1);
    say_result("bad flags", eventfd(0, 0x10000));
    return 0;
}
