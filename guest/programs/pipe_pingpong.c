/* Round trips of one message between two processes over two pipes. */
#include "bench.h"
#include "histogram.h"
#include "stream.h"

#include <unistd.h>

static struct histogram rtt;

/* Sends every message back with its first byte incremented, until the end of file. */
_Noreturn static void echo(int in, int out, size_t size)
{
    unsigned char *message = bench_alloc(size);
    for (;;) {
        size_t got = stream_read_some(in, message, size);
        if (got == 0)
            _exit(0);
        stream_read(in, message + got, size - got);
        message[0]++;
        stream_write(out, message, size);
    }
}

int main(int argc, char **argv)
{
    int64_t size = 1, count = 20000, warmup = 1000;
    const struct bench_option options[] = {
        {"size", "BYTES", "message size", &size, 1, 1 << 26, NULL},
        {"count", "N", "timed round trips", &count, 1, INT64_MAX, NULL},
        {"warmup", "N", "round trips before the timed ones", &warmup, 0, INT64_MAX, NULL},
    };
    bench_parse(argc, argv, "Measures round trips of one message between two processes over two pipes.",
                options, 3);

    int there[2], back[2];
    bench_pipe(there);
    bench_pipe(back);
    pid_t child = bench_fork();
    if (child == 0) {
        bench_close(there[1]);
        bench_close(back[0]);
        echo(there[0], back[1], (size_t)size);
    }
    bench_close(there[0]);
    bench_close(back[1]);

    size_t bytes = (size_t)size;
    unsigned char *message = bench_alloc(bytes);
    for (int64_t i = -warmup; i < count; i++) {
        unsigned char tag = (unsigned char)i;
        message[bytes - 1] = (unsigned char)(tag ^ 0x5a);
        message[0] = tag;
        uint64_t start = bench_now();
        stream_write(there[1], message, bytes);
        stream_read(back[0], message, bytes);
        uint64_t stop = bench_now();
        if (message[0] != (unsigned char)(tag + 1) ||
            (bytes > 1 && message[bytes - 1] != (unsigned char)(tag ^ 0x5a)))
            bench_wrong("the echo is not the message that was sent");
        if (i >= 0)
            histogram_add(&rtt, stop - start);
    }
    for (size_t i = 1; i + 1 < bytes; i++) {
        if (message[i] != 0xa5)
            bench_wrong("the echo's middle is not the message that was sent");
    }
    bench_close(there[1]);
    bench_reap(child);

    bench_sample("rtt_p50", "ns", histogram_quantile(&rtt, 0.50));
    bench_sample("rtt_p90", "ns", histogram_quantile(&rtt, 0.90));
    bench_sample("rtt_p99", "ns", histogram_quantile(&rtt, 0.99));
    bench_sample("rtt_min", "ns", (double)rtt.least);
    bench_sample("rtt_mean", "ns", histogram_mean(&rtt));
    bench_sample("clock_overhead", "ns", bench_clock_overhead());
    histogram_print(&rtt, "rtt", "ns");
    return bench_finish();
}
