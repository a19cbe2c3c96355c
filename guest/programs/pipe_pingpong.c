/* Round trips of one message between two processes over two pipes, in a closed or an open loop. */
#include "bench.h"
#include "histogram.h"
#include "plan.h"
#include "stream.h"

#include <string.h>

static struct histogram rtt, response;

/* The process that sends every message back, and the message. */
struct peer {
    int there, back;
    size_t size;
    unsigned char *message;
};

/* When an operation was begun and when it was done. */
struct span {
    uint64_t start, stop;
};

/* Inline: neither loop shall time a call. */
static inline __attribute__((always_inline)) struct span round_trip(const struct peer *peer, int64_t i)
{
    size_t bytes = peer->size;
    unsigned char *message = peer->message;
    unsigned char tag = (unsigned char)i;
    message[bytes - 1] = (unsigned char)(tag ^ 0x5a);
    message[0] = tag;
    uint64_t start = bench_now();
    stream_write(peer->there, message, bytes);
    stream_read(peer->back, message, bytes);
    uint64_t stop = bench_now();
    if (message[0] != (unsigned char)(tag + 1) ||
        (bytes > 1 && message[bytes - 1] != (unsigned char)(tag ^ 0x5a)))
        bench_wrong("the echo is not the message that was sent");
    return (struct span){start, stop};
}

/* The next round trip begins when the last one has ended. */
static void closed_loop(const struct peer *peer, int64_t warmup, int64_t count)
{
    for (int64_t i = -warmup; i < count; i++) {
        struct span trip = round_trip(peer, i);
        if (i >= 0)
            histogram_add(&rtt, trip.stop - trip.start);
    }
}

/* Every round trip begins when it is due, or as soon as the one before has ended. Returns when the last one
 * did. */
static uint64_t follow(const struct plan *plan, const struct peer *peer, int64_t count)
{
    struct span trip = {0, 0};
    for (int64_t i = 0; i < count; i++) {
        uint64_t due = plan_due(plan, i);
        plan_wait(due);
        trip = round_trip(peer, i);
        histogram_add(&rtt, trip.stop - trip.start);
        histogram_add(&response, trip.stop - due);
    }
    return trip.stop;
}

/* The rate achieved. The warm-up has a plan of its own, so that none of its round trips delays a timed one.
 */
static double open_loop(const struct peer *peer, int64_t warmup, int64_t count, int64_t rate)
{
    struct plan plan = plan_begin(rate);
    follow(&plan, peer, warmup);
    /* Also the first touch of what has not been touched: a page fault would delay the next round trips. */
    memset(&rtt, 0, sizeof rtt);
    memset(&response, 0, sizeof response);
    plan = plan_begin(rate);
    return plan_achieved(&plan, count, follow(&plan, peer, count));
}

int main(int argc, char **argv)
{
    int64_t size = 1, count = 20000, warmup = 1000, rate = 0;
    const struct bench_option options[] = {
        {"size", "BYTES", "message size", &size, 1, 1 << 26, NULL},
        {"count", "N", "timed round trips", &count, 1, INT64_MAX, NULL},
        {"warmup", "N", "round trips before the timed ones", &warmup, 0, INT64_MAX, NULL},
        {"rate", "N", "round trips due a second (open loop); 0: one after the other (closed loop)", &rate, 0,
         PLAN_FASTEST, NULL},
    };
    bench_parse(argc, argv, "Measures round trips of one message between two processes over two pipes.",
                options, 4);

    int there[2], back[2];
    bench_pipe(there);
    bench_pipe(back);
    pid_t child = bench_fork();
    if (child == 0) {
        bench_close(there[1]);
        bench_close(back[0]);
        stream_echo(there[0], back[1], (size_t)size);
    }
    bench_close(there[0]);
    bench_close(back[1]);

    size_t bytes = (size_t)size;
    unsigned char *message = bench_alloc(bytes);
    struct peer peer = {there[1], back[0], bytes, message};
    double achieved = 0;
    if (rate == 0)
        closed_loop(&peer, warmup, count);
    else
        achieved = open_loop(&peer, warmup, count, rate);
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
    if (rate != 0) {
        bench_sample("response_p50", "ns", histogram_quantile(&response, 0.50));
        bench_sample("response_p90", "ns", histogram_quantile(&response, 0.90));
        bench_sample("response_p99", "ns", histogram_quantile(&response, 0.99));
        bench_sample("response_mean", "ns", histogram_mean(&response));
        bench_sample("achieved_rate", "1/s", achieved);
    }
    bench_sample("clock_overhead", "ns", bench_clock_overhead());
    histogram_print(&rtt, "rtt", "ns");
    if (rate != 0)
        histogram_print(&response, "response", "ns");
    return bench_finish();
}
