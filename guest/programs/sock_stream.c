/* Throughput of one connection of stream sockets: a child writes blocks, the parent reads them. */
#include "bench.h"
#include "socket_pair.h"
#include "stream.h"

#include <unistd.h>

enum { WARMUP_BYTES = 1 << 20 };

int main(int argc, char **argv)
{
    int64_t family = FAMILY_UNIX, block = 65536, total = INT64_C(256) << 20;
    const struct bench_option options[] = {
        {"family", "WORD", "unix: the Unix family; tcp: over the loopback", &family, 0, 0, SOCKET_FAMILIES},
        {"block", "BYTES", "size of one write and of one read", &block, 1, 1 << 30, NULL},
        {"total", "BYTES", "bytes of the timed part", &total, 1, INT64_MAX, NULL},
    };
    bench_parse(argc, argv, "Measures the throughput of one connection between two processes.", options, 3);

    int ends[2];
    socket_pair(family, ends);
    size_t bytes = (size_t)block;
    uint64_t warmup = (uint64_t)total < WARMUP_BYTES ? (uint64_t)total : WARMUP_BYTES;
    unsigned char *table = stream_table(bytes);
    pid_t child = bench_fork();
    if (child == 0) {
        char token;
        bench_close(ends[0]);
        stream_send(ends[1], table, bytes, warmup);
        /* The timed part starts with an empty connection and an idle writer. */
        stream_read(ends[1], &token, 1);
        stream_send(ends[1], table, bytes, (uint64_t)total);
        _exit(0);
    }
    bench_close(ends[1]);
    unsigned char *buffer = bench_alloc(bytes);
    stream_receive(ends[0], table, buffer, bytes, warmup, 1);
    uint64_t start = bench_now();
    stream_write(ends[0], "g", 1);
    stream_receive(ends[0], table, buffer, bytes, (uint64_t)total, 0);
    uint64_t stop = bench_now();
    if (stream_read_some(ends[0], buffer, 1) != 0)
        bench_wrong("the stream is longer than what was sent");
    bench_reap(child);

    double per_second = (double)total * 1e9 / (double)(stop - start);
    bench_sample("throughput", "MB/s", per_second / 1e6);
    bench_sample("bytes_per_s", "B/s", per_second);
    return bench_finish();
}
