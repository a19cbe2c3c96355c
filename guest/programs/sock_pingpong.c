/* Round trips of one message between two processes over a connection of stream sockets. */
#include "bench.h"
#include "histogram.h"
#include "socket_pair.h"
#include "stream.h"

static struct histogram rtt;

static uint64_t round_trip(int fd, unsigned char *message, size_t bytes, int64_t i)
{
    unsigned char tag = (unsigned char)i;
    message[bytes - 1] = (unsigned char)(tag ^ 0x5a);
    message[0] = tag;
    uint64_t start = bench_now();
    stream_write(fd, message, bytes);
    stream_read(fd, message, bytes);
    uint64_t stop = bench_now();
    if (message[0] != (unsigned char)(tag + 1) ||
        (bytes > 1 && message[bytes - 1] != (unsigned char)(tag ^ 0x5a)))
        bench_wrong("the echo is not the message that was sent");
    return stop - start;
}

int main(int argc, char **argv)
{
    int64_t family = FAMILY_UNIX, size = 1, count = 20000, warmup = 1000;
    const struct bench_option options[] = {
        {"family", "WORD", "unix: the Unix family; tcp: over the loopback", &family, 0, 0, SOCKET_FAMILIES},
        {"size", "BYTES", "message size", &size, 1, 1 << 26, NULL},
        {"count", "N", "timed round trips", &count, 1, INT64_MAX, NULL},
        {"warmup", "N", "round trips before the timed ones", &warmup, 0, INT64_MAX, NULL},
    };
    bench_parse(argc, argv, "Measures round trips of one message between two processes over a connection.",
                options, 4);

    int ends[2];
    socket_pair(family, ends);
    pid_t child = bench_fork();
    if (child == 0) {
        bench_close(ends[0]);
        stream_echo(ends[1], ends[1], (size_t)size);
    }
    bench_close(ends[1]);
    unsigned char *message = bench_alloc((size_t)size);
    for (int64_t i = -warmup; i < count; i++) {
        uint64_t took = round_trip(ends[0], message, (size_t)size, i);
        if (i >= 0)
            histogram_add(&rtt, took);
    }
    bench_close(ends[0]);
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
