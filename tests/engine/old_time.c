/* Asks for the time as programs linked before there was a vDSO do: by calling addresses of the kernel. `other`: an address of that page where nothing is. */
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>

#define VSYSCALL_PAGE 0xffffffffff600000UL

typedef long old_call(void *, void *);

static old_call *at(unsigned long offset)
{
    return (old_call *)(VSYSCALL_PAGE + offset);
}

int main(int count, char **arguments)
{
    if (count > 1 && !strcmp(arguments[1], "other"))
        return (int)at(0x404)(NULL, NULL);
    struct timeval value = {0};
    time_t before = time(NULL), stored = 0;
    unsigned cpu = ~0U;
    long results[3] = {at(0)(&value, NULL), at(0x400)(&stored, NULL), at(0x800)(&cpu, NULL)};
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    time_t after = now.tv_sec;
    printf("gettimeofday %ld %d\n", results[0], value.tv_sec >= before && value.tv_sec <= after);
    printf("time %d %d\n", results[1] >= before && results[1] <= after, results[1] == stored);
    printf("getcpu %ld %d\n", results[2], cpu != ~0U);
    return 0;
}
