/* Throughput of one connection of stream sockets: a child writes blocks, the parent reads them. */
#include "bench.h"
#include "socket_pair.h"
#include "stream.h"

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
    stream_samples(stream_throughput(ends, (const int[]){ends[1], ends[0]}, block, total));
    return bench_finish();
}
