/* gettimeofday, time and CLOCK_REALTIME agree. */
#include "observe.h"

int main(void)
{
    struct timeval day;
    struct timespec clock;
    MUST(gettimeofday(&day, NULL));
    MUST(clock_gettime(CLOCK_REALTIME, &clock));
    time_t seconds = time(NULL);
    long long difference = (clock.tv_sec - day.tv_sec) * 1000000LL + clock.tv_nsec / 1000 - day.tv_usec;
    say("within five seconds: %d %d\n", difference >= 0 && difference < 5000000,
        seconds >= day.tv_sec - 1 && seconds <= day.tv_sec + 5);
    say("after 2020: %d\n", seconds > 1577836800);
    return 0;
}
