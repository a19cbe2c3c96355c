/* One stage of a pipeline: sends, passes on or takes a stream of bytes that the end can check. */
#include "bench.h"
#include "stream.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum role { SOURCE, RELAY, SINK };

static void rest(int64_t us)
{
    struct timespec left = {us / 1000000, us % 1000000 * 1000};
    while (us > 0 && nanosleep(&left, &left) != 0)
        ; /* a signal: the rest of it */
}

static void source(size_t size, int64_t total, int64_t pause)
{
    const unsigned char *table = stream_table(size);
    for (int64_t sent = 0; total == 0 || sent < total;) {
        size_t n = total > 0 && total - sent < (int64_t)size ? (size_t)(total - sent) : size;
        stream_write(STDOUT_FILENO, stream_at(table, (uint64_t)sent), n);
        sent += (int64_t)n;
        rest(pause);
    }
}

static void relay(size_t size, int64_t pause)
{
    unsigned char *buffer = bench_alloc(size);
    for (;;) {
        size_t n = stream_read_some(STDIN_FILENO, buffer, size);
        if (n == 0)
            return;
        stream_write(STDOUT_FILENO, buffer, n);
        rest(pause);
    }
}

static void sink(size_t size, int64_t pause)
{
    const unsigned char *table = stream_table(size);
    unsigned char *buffer = bench_alloc(size);
    uint64_t received = 0, first = 0, last = 0, longest = 0;
    for (;;) {
        size_t n = stream_read_some(STDIN_FILENO, buffer, size);
        uint64_t now = bench_now();
        if (received == 0)
            first = last = now;
        if (now - last > longest)
            longest = now - last;
        last = now;
        if (n == 0)
            break;
        stream_check(buffer, table, received, n, 1);
        received += n;
        rest(pause);
    }
    printf("received %" PRIu64 " bytes\n", received);
    bench_sample("elapsed", "ms", (double)(last - first) / 1e6);
    bench_sample("longest_gap", "ms", (double)longest / 1e6);
}

int main(int argc, char **argv)
{
    int64_t role = SOURCE, size = 4096, total = INT64_C(1) << 20, pause = 0;
    const struct bench_option options[] = {
        {"role", "WORD", "what it is in the pipeline", &role, 0, 0, "source|relay|sink"},
        {"size", "BYTES", "most bytes of one read or write", &size, 1, INT64_C(1) << 30, NULL},
        {"total", "BYTES", "bytes that the source sends, 0 never ends", &total, 0, INT64_MAX / 2, NULL},
        {"pause", "US", "pause after each read or write, to be slow", &pause, 0, INT64_C(1) << 40, NULL},
    };
    bench_parse(argc, argv, "Measures how a stream of bytes arrives at the end of a pipeline of such stages.",
                options, 4);
    if (role == SOURCE)
        source((size_t)size, total, pause);
    else if (role == RELAY)
        relay((size_t)size, pause);
    else
        sink((size_t)size, pause);
    return bench_finish();
}
