/* Throughput of one pipe: a child writes blocks, the parent reads them. */
#include "bench.h"
#include "stream.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { WARMUP_BYTES = 1 << 20 };

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

    size_t bytes = (size_t)block;
    uint64_t warmup = (uint64_t)total < WARMUP_BYTES ? (uint64_t)total : WARMUP_BYTES;
    unsigned char *table = stream_table(bytes);
    pid_t child = bench_fork();
    if (child == 0) {
        char token;
        bench_close(data[0]);
        bench_close(go[1]);
        stream_send(data[1], table, bytes, warmup);
        /* The timed part starts with an empty pipe and an idle writer. */
        stream_read(go[0], &token, 1);
        stream_send(data[1], table, bytes, (uint64_t)total);
        _exit(0);
    }
    bench_close(data[1]);
    bench_close(go[0]);
    unsigned char *buffer = bench_alloc(bytes);
    stream_receive(data[0], table, buffer, bytes, warmup, 1);
    uint64_t start = bench_now();
    stream_write(go[1], "g", 1);
    stream_receive(data[0], table, buffer, bytes, (uint64_t)total, 0);
    uint64_t stop = bench_now();
    if (stream_read_some(data[0], buffer, 1) != 0)
        bench_wrong("the stream is longer than what was sent");
    bench_reap(child);

    double per_second = (double)total * 1e9 / (double)(stop - start);
    printf("pipe capacity %d bytes\n", in_effect);
    bench_sample("throughput", "MB/s", per_second / 1e6);
    bench_sample("bytes_per_s", "B/s", per_second);
    return bench_finish();
}
