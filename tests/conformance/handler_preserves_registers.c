/* a handler that uses vector registers does not disturb the interrupted computation. */
#include "observe.h"

static volatile int caught;

static void on_alarm(int number)
{
    volatile double x = number;
    for (int i = 0; i < 100; i++)
        x = x * 1.5 + 1;
    caught++;
}

int main(void)
{
    struct itimerval timer = {{0, 1000}, {0, 1000}}, off = {{0, 0}, {0, 0}};
    handle(SIGALRM, on_alarm, 0);
    MUST(setitimer(ITIMER_REAL, &timer, NULL));
    int wrong = 0;
    while (caught < 10) {
        double sum = 0, product = 1;
        unsigned long hash = 1;
        for (int i = 1; i <= 1000; i++) {
            sum += i;
            product = product * 2 > 1e6 ? 1 : product * 2;
            hash = hash * 31 + (unsigned long)i;
        }
        static unsigned long first;
        if (first == 0)
            first = hash;
        wrong += sum != 500500 || product < 1 || hash != first;
    }
    MUST(setitimer(ITIMER_REAL, &off, NULL));
    say("wrong results: %d\n", wrong);
    return 0;
}
