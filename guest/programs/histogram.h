/*
 * A log-linear histogram of nanoseconds in constant memory, after HdrHistogram: values below 256 have a
 * bucket each, above that every power of two is divided into 128 buckets, so a bucket is at most 0.8 % wide.
 */
#ifndef UNIBENCH_HISTOGRAM_H
#define UNIBENCH_HISTOGRAM_H

#include <stdint.h>

enum {
    HISTOGRAM_BITS = 7, /* log2 of the buckets of one power of two */
    HISTOGRAM_SHIFTS = 37,
    HISTOGRAM_BUCKETS = (HISTOGRAM_SHIFTS + 2) << HISTOGRAM_BITS /* reaches 2^45 ns, about nine hours */
};

struct histogram {
    uint64_t counts[HISTOGRAM_BUCKETS];
    uint64_t total, sum, least, most;
};

void histogram_add(struct histogram *histogram, uint64_t value);
double histogram_mean(const struct histogram *histogram);

/*
 * The value below which a share (0..1) of all values lies. A clock whose steps are 10 ns gives a few values
 * many times over, and the middle one of them moves in steps, too; the mid-distribution quantile (Ma, Genton,
 * Parzen: Asymptotic properties of sample quantiles of discrete distributions, 2011) interpolates between
 * values at the middles of their counts, and so tells tenths of a step.
 */
double histogram_quantile(const struct histogram *histogram, double share);

/* Prints `@hist NAME UNIT V:COUNT ...`, buckets by their lower bound, ascending, empty ones left out. */
void histogram_print(const struct histogram *histogram, const char *name, const char *unit);

#endif
