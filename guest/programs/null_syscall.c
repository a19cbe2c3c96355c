/* What entering the system costs: calls that do next to nothing. */
#include "bench.h"

#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { BATCHES = 11 };

static int pipe_ends[2];

static long call_getppid(void)
{
    return getppid() >= 0 ? 0 : -1;
}

static long call_getpid(void)
{
    /* syscall(2): a C library may keep the pid. */
    return syscall(SYS_getpid) > 0 ? 0 : -1;
}

static long call_clock(void)
{
    struct timespec now;
    return clock_gettime(CLOCK_MONOTONIC, &now);
}

static long call_write(void)
{
    return write(pipe_ends[1], "", 0);
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Median over batches of the mean time of a call; one batch before them is warm-up. */
static void measure(const char *name, const char *call_name, long (*call)(void), int64_t count)
{
    double means[BATCHES];
    int64_t calls = count / BATCHES + 1;
    for (int batch = -1; batch < BATCHES; batch++) {
        long failed = 0;
        uint64_t start = bench_now();
        for (int64_t i = 0; i < calls; i++)
            failed |= call();
        uint64_t stop = bench_now();
        if (failed != 0)
            bench_die(call_name);
        if (batch >= 0)
            means[batch] = (double)(stop - start) / (double)calls;
    }
    qsort(means, BATCHES, sizeof means[0], compare);
    bench_sample(name, "ns", means[BATCHES / 2]);
}

int main(int argc, char **argv)
{
    int64_t count = 1000000;
    const struct bench_option options[] = {
        {"count", "N", "calls of each kind", &count, 1, INT64_MAX / 4, NULL},
    };
    bench_parse(argc, argv,
                "Measures system calls that do nothing: getppid, getpid, clock_gettime, empty write.",
                options, 1);
    bench_pipe(pipe_ends);
    measure("getppid_ns", "getppid", call_getppid, count);
    measure("getpid_ns", "getpid", call_getpid, count);
    measure("clock_gettime_ns", "clock_gettime", call_clock, count);
    measure("null_write_ns", "write", call_write, count);
    return bench_finish();
}
