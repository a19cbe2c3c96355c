/* adjtimex and clock_adjtime read the state of the clock for everybody; contradictory modes, clocks that cannot be steered and bad pointers are refused. */
#include "observe.h"
#include <sys/syscall.h>
#include <sys/timex.h>

static int adjust(int clock, struct timex *state)
{
    return (int)(clock < 0 ? syscall(SYS_adjtimex, state) : syscall(SYS_clock_adjtime, clock, state));
}

int main(void)
{
    static const int clocks[] = {-1, CLOCK_REALTIME};
    for (int i = 0; i < 2; i++) {
        struct timex state = {.modes = 0};
        int result = adjust(clocks[i], &state);
        struct timespec now;
        MUST(clock_gettime(CLOCK_REALTIME, &now));
        say("read: %d, tick near 10000: %d, not after now: %d\n", result >= TIME_OK && result <= TIME_ERROR,
            state.tick >= 9000 && state.tick <= 11000, state.time.tv_sec <= now.tv_sec);
        say("unsynchronised says error: %d\n", !(state.status & STA_UNSYNC) || result == TIME_ERROR);
        state.modes = ADJ_OFFSET_SS_READ;
        say("what is left of adjtime: %d\n", adjust(clocks[i], &state) >= 0);
        state.modes = 0x8000;
        say_result("adjtime without its mark", adjust(clocks[i], &state));
        say_result("no state", adjust(clocks[i], NULL));
    }
    struct timeval left;
    say_result("adjtime", adjtime(NULL, &left));
    struct timex state = {.modes = 0};
    say_result("monotonic", adjust(CLOCK_MONOTONIC, &state));
    say_result("cpu", adjust(CLOCK_PROCESS_CPUTIME_ID, &state));
    say_result("no such clock", adjust(77, &state));
    return 0;
}
