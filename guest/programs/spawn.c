/* Start-up of a program: fork and execve of this program itself, to its main and to its end. */
#include "bench.h"
#include "histogram.h"
#include "stream.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct histogram whole, start_up;

static void spawn_once(const char *path, const int stamp[2], int timed)
{
    char descriptor[16];
    snprintf(descriptor, sizeof descriptor, "%d", stamp[1]);
    const char *const arguments[] = {"spawn", "--child", descriptor, NULL};
    uint64_t start = bench_now();
    pid_t child = bench_fork();
    if (child == 0) {
        char *const *argv = (char *const *)(uintptr_t)arguments;
        execv(path, argv);
        bench_die("execve");
    }
    bench_reap(child);
    uint64_t stop = bench_now(), at_main;
    stream_read(stamp[0], &at_main, sizeof at_main);
    if (at_main < start || at_main > stop)
        bench_wrong("the child's clock is not the parent's");
    if (timed) {
        histogram_add(&whole, stop - start);
        histogram_add(&start_up, at_main - start);
    }
}

int main(int argc, char **argv)
{
    uint64_t at_main = bench_now();
    int64_t count = 200, child = -1, once = 0;
    const struct bench_option options[] = {
        {"count", "N", "timed starts", &count, 1, INT64_MAX / 4, NULL},
        {"once", NULL, "only print when main began, to time this program's own start", &once, 0, 1, NULL},
        {"child", "FD", "what the measured starts run: writes when main began to FD", &child, -1, 1 << 20,
         NULL},
    };
    bench_parse(argc, argv, "Measures the start of a program: fork, execve of itself, exit and wait.",
                options, 3);
    if (child >= 0) {
        stream_write((int)child, &at_main, sizeof at_main);
        return 0;
    }
    if (once) {
        printf("@sample main_stamp ns %" PRIu64 "\n", at_main);
        return bench_finish();
    }

    const char *path = strchr(argv[0], '/') ? argv[0] : "/proc/self/exe";
    int stamp[2];
    bench_pipe(stamp);
    for (int64_t i = -(count / 10) - 1; i < count; i++)
        spawn_once(path, stamp, i >= 0);
    bench_sample("spawn_p50", "ns", histogram_quantile(&whole, 0.50));
    bench_sample("spawn_mean", "ns", histogram_mean(&whole));
    bench_sample("start_p50", "ns", histogram_quantile(&start_up, 0.50));
    bench_sample("clock_overhead", "ns", bench_clock_overhead());
    return bench_finish();
}
