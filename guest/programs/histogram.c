#include "histogram.h"

#include <inttypes.h>
#include <stdio.h>

static unsigned bucket_of(uint64_t value)
{
    if (value < 2u << HISTOGRAM_BITS)
        return (unsigned)value;
    unsigned shift = 63u - (unsigned)__builtin_clzll(value) - HISTOGRAM_BITS;
    if (shift > HISTOGRAM_SHIFTS)
        return HISTOGRAM_BUCKETS - 1;
    return (shift << HISTOGRAM_BITS) + (unsigned)(value >> shift);
}

static uint64_t bucket_width(unsigned bucket)
{
    return bucket < 2u << HISTOGRAM_BITS ? 1 : UINT64_C(1) << ((bucket >> HISTOGRAM_BITS) - 1);
}

static uint64_t bucket_start(unsigned bucket)
{
    if (bucket < 2u << HISTOGRAM_BITS)
        return bucket;
    unsigned shift = (bucket >> HISTOGRAM_BITS) - 1;
    return (uint64_t)(bucket - (shift << HISTOGRAM_BITS)) << shift;
}

void histogram_add(struct histogram *histogram, uint64_t value)
{
    if (histogram->total == 0 || value < histogram->least)
        histogram->least = value;
    if (value > histogram->most)
        histogram->most = value;
    histogram->counts[bucket_of(value)]++;
    histogram->total++;
    histogram->sum += value;
}

double histogram_mean(const struct histogram *histogram)
{
    return (double)histogram->sum / (double)histogram->total;
}

/* A bucket's middle, but no value that was not there. */
static double bucket_value(const struct histogram *histogram, unsigned bucket)
{
    double middle = (double)bucket_start(bucket) + (double)(bucket_width(bucket) - 1) / 2;
    if (middle < (double)histogram->least)
        return (double)histogram->least;
    return middle > (double)histogram->most ? (double)histogram->most : middle;
}

double histogram_quantile(const struct histogram *histogram, double share)
{
    double rank = share * (double)histogram->total, seen = 0, last_rank = 0, last = 0;
    for (unsigned bucket = 0; bucket < HISTOGRAM_BUCKETS; bucket++) {
        double count = (double)histogram->counts[bucket];
        if (count == 0)
            continue;
        double middle_rank = seen + count / 2, value = bucket_value(histogram, bucket);
        if (rank <= middle_rank)
            return seen == 0 ? value : last + (value - last) * (rank - last_rank) / (middle_rank - last_rank);
        seen += count;
        last_rank = middle_rank;
        last = value;
    }
    return last;
}

void histogram_print(const struct histogram *histogram, const char *name, const char *unit)
{
    printf("@hist %s %s", name, unit);
    for (unsigned bucket = 0; bucket < HISTOGRAM_BUCKETS; bucket++) {
        if (histogram->counts[bucket] != 0)
            printf(" %" PRIu64 ":%" PRIu64, bucket_start(bucket), histogram->counts[bucket]);
    }
    printf("\n");
}
