/* A chain of N processes joined by pipes, each passing on what it reads; both ends are held by the source. */
#include "bench.h"
#include "histogram.h"
#include "stream.h"

#include <string.h>
#include <unistd.h>

static struct histogram latency;

_Noreturn static void relay(int in, int out, size_t size)
{
    unsigned char *buffer = bench_alloc(size);
    for (;;) {
        size_t n = stream_read_some(in, buffer, size);
        if (n == 0)
            _exit(0);
        stream_write(out, buffer, n);
    }
}

/* Starts the stages; returns the end that the source reads, *first is the one it writes. */
static int start_stages(pid_t *children, int64_t stages, size_t size, int *first)
{
    int ends[2];
    bench_pipe(ends);
    int in = ends[0];
    *first = ends[1];
    for (int64_t i = 0; i < stages; i++) {
        bench_pipe(ends);
        children[i] = bench_fork();
        if (children[i] == 0) {
            bench_close(*first);
            bench_close(ends[0]);
            relay(in, ends[1], size);
        }
        bench_close(in);
        bench_close(ends[1]);
        in = ends[0];
    }
    return in;
}

/* One message at a time: the latency of the whole chain. The first tenth is warm-up. */
static void measure_latency(int first, int last, const unsigned char *table, size_t size, int64_t count)
{
    unsigned char *message = bench_alloc(size);
    for (int64_t i = -(count / 10) - 1; i < count; i++) {
        const unsigned char *sent = stream_at(table, (uint64_t)(i + count));
        uint64_t start = bench_now();
        stream_write(first, sent, size);
        stream_read(last, message, size);
        uint64_t stop = bench_now();
        if (memcmp(message, sent, size) != 0)
            bench_wrong("a message came back changed");
        if (i >= 0)
            histogram_add(&latency, stop - start);
    }
}

/* A feeder process writes while the source reads; returns bytes per second. */
static double measure_throughput(int first, int last, const unsigned char *table, size_t size, uint64_t total)
{
    int go[2];
    bench_pipe(go);
    pid_t feeder = bench_fork();
    if (feeder == 0) {
        char token;
        bench_close(last);
        bench_close(go[1]);
        stream_read(go[0], &token, 1);
        stream_send(first, table, size, total);
        _exit(0);
    }
    bench_close(go[0]);
    unsigned char *buffer = bench_alloc(size);
    uint64_t start = bench_now();
    stream_write(go[1], "g", 1);
    stream_receive(last, table, buffer, size, total, 0);
    uint64_t stop = bench_now();
    bench_close(go[1]);
    bench_reap(feeder);
    return (double)total * 1e9 / (double)(stop - start);
}

int main(int argc, char **argv)
{
    int64_t stages = 4, size = 4096, count = 2000, total = INT64_C(16) << 20;
    const struct bench_option options[] = {
        {"stages", "N", "processes between the source and itself", &stages, 1, 4096, NULL},
        {"size", "BYTES", "message size, and block size of the throughput part", &size, 1, 65536, NULL},
        {"count", "N", "timed messages of the latency part", &count, 1, INT64_MAX / 4, NULL},
        {"total", "BYTES", "bytes of the throughput part, 0 leaves it out", &total, 0, INT64_MAX, NULL},
    };
    bench_parse(argc, argv, "Measures latency and throughput of a chain of processes joined by pipes.",
                options, 4);

    pid_t *children = (pid_t *)(void *)bench_alloc((size_t)stages * sizeof *children);
    unsigned char *table = stream_table((size_t)size);
    int first;
    int last = start_stages(children, stages, (size_t)size, &first);
    measure_latency(first, last, table, (size_t)size, count);
    double per_second = 0;
    if (total > 0)
        per_second = measure_throughput(first, last, table, (size_t)size, (uint64_t)total);
    bench_close(first);
    unsigned char rest;
    if (stream_read_some(last, &rest, 1) != 0)
        bench_wrong("the chain delivered more than was sent");
    for (int64_t i = 0; i < stages; i++)
        bench_reap(children[i]);

    bench_sample("latency_p50", "ns", histogram_quantile(&latency, 0.50));
    bench_sample("latency_p99", "ns", histogram_quantile(&latency, 0.99));
    if (total > 0)
        bench_sample("throughput", "MB/s", per_second / 1e6);
    bench_sample("clock_overhead", "ns", bench_clock_overhead());
    histogram_print(&latency, "latency", "ns");
    return bench_finish();
}
