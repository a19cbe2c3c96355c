/* an unknown system call fails with ENOSYS. */
#include "observe.h"

#include <sys/syscall.h>

int main(void)
{
    say_result("system call 9999", syscall(9999));
    say_result("system call -1", syscall(-1));
    return 0;
}
