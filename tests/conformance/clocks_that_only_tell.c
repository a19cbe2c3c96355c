/* Nobody sleeps by the CPU time of a thread or by a clock that only tells the time; a file is mapped only where one can be. */
#include "observe_files.h"
#include <sys/syscall.h>

int main(void)
{
    static const int clocks[] = {
        CLOCK_THREAD_CPUTIME_ID, CLOCK_MONOTONIC_RAW, CLOCK_REALTIME_COARSE, CLOCK_MONOTONIC_COARSE, 10, -1};
    struct timespec shortest = {0, 1};
    for (unsigned i = 0; i < sizeof clocks / sizeof *clocks; i++) {
        say("clock %d\n", clocks[i]);
        say_result("sleep", syscall(SYS_clock_nanosleep, clocks[i], 0, &shortest, NULL));
    }
    int fd = open("file", O_RDWR | O_CREAT, 0600);
    MUST(fd);
    say_result("mapped beyond the last byte of any file",
               mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0x7ffffffffffff000) == MAP_FAILED ? -1 : 0);
    return 0;
}
