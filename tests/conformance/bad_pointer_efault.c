/* read, write, pipe, wait and clock_gettime with bad pointers fail with EFAULT and harm nobody. */
#include "observe.h"

#include <sys/syscall.h>

int main(void)
{
    int ends[2];
    make_pipe(ends);
    void *bad = (void *)opaque(8);
    say_result("write", write(ends[1], bad, 10));
    send_byte(ends[1], 'x');
    say_result("read", read(ends[0], bad, 10));
    say_result("pipe", pipe(bad));
    say_result("clock_gettime", syscall(SYS_clock_gettime, CLOCK_MONOTONIC, bad));
    say_result("nanosleep", nanosleep(bad, NULL));
    say_result("sigaction", syscall(SYS_rt_sigaction, SIGUSR1, bad, NULL, 8));
    say_result("writev", writev(ends[1], bad, 1));
    say_result("uname", syscall(SYS_uname, bad));
    say_result("write from the kernel's half", write(ends[1], (void *)opaque(0xffffffff80000000u), 10));
    return 0;
}
