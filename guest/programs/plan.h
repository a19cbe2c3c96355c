/*
 * The plan of an open loop: operation i is due at start + i / rate, whatever became of those before it. What
 * counts from then is its response time. One that counts from when the operation was begun leaves out the
 * wait behind others that took long: coordinated omission (Gil Tene; wrk2 counts as it is done here).
 */
#ifndef UNIBENCH_PLAN_H
#define UNIBENCH_PLAN_H

#include <stdint.h>

struct plan {
    uint64_t start; /* CLOCK_MONOTONIC, ns: when operation 0 is due */
    uint64_t rate;  /* operations a second, 1 to PLAN_FASTEST */
};

enum { PLAN_FASTEST = 1000000000 };

/* A plan that begins now. */
struct plan plan_begin(int64_t rate);

/* When operation i is due, CLOCK_MONOTONIC in ns. */
uint64_t plan_due(const struct plan *plan, int64_t i);

/*
 * Returns when the time has come, at once if it has passed. It sleeps until 1 ms before and looks at the
 * clock from then on: a wake-up takes as long as many an operation, and not equally long everywhere.
 */
void plan_wait(uint64_t due);

/* Operations a second, if `count` of them were done by `end`; the plan's rate if it was kept. */
double plan_achieved(const struct plan *plan, int64_t count, uint64_t end);

#endif
