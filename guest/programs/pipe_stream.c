/* Throughput of one pipe: a child writes blocks, the parent reads them. */
#include "bench.h"
#include "stream.h"

#include <fcntl.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    int64_t block = 65536, total = INT64_C(256) << 20, capacity = 0;
    const struct bench_option options[] = {
        {"block", "BYTES", "size of one write and of one read", &block, 1, 1 << 30, NULL},
        {"total", "BYTES", "bytes of the timed part", &total, 1, INT64_MAX, NULL},
        {"capacity", "BYTES", "F_SETPIPE_SZ of the pipe, 0 leaves it", &capacity, 0, 1 << 30, NULL},
    };
    bench_parse(argc, argv, "Measures the throughput of one pipe between two processes.", options, 3);

    int data[2], go[2];
    bench_pipe(data);
    bench_pipe(go);
    if (capacity != 0 && fcntl(data[1], F_SETPIPE_SZ, (int)capacity) < 0)
        bench_die("fcntl(F_SETPIPE_SZ)");
    int in_effect = fcntl(data[1], F_GETPIPE_SZ);
    if (in_effect < 0)
        bench_die("fcntl(F_GETPIPE_SZ)");

    double per_second = stream_throughput(data, go, block, total);
    printf("pipe capacity %d bytes\n", in_effect);
    stream_samples(per_second);
    return bench_finish();
}
