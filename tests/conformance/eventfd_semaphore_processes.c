/* an eventfd semaphore gives one per read, to processes that block in read. */
#include "observe.h"

#include <sys/eventfd.h>

int main(void)
{
    int event = eventfd(0, EFD_SEMAPHORE);
    MUST(event);
    pid_t children[3];
    for (int i = 0; i < 3; i++) {
        children[i] = fork_child();
        if (children[i] == 0) {
            uint64_t value, sum = 0;
            for (int n = 0; n < 4; n++) {
                MUST(read(event, &value, 8));
                sum += value;
            }
            _exit((int)sum);
        }
    }
    for (uint64_t i = 1, value; i <= 3; i++) {
        value = 4;
        MUST(write(event, &value, 8));
    }
    for (int i = 0; i < 3; i++)
        say_status("child", reap(children[i]));
    return 0;
}
