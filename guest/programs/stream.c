#include "stream.h"

#include "bench.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

void stream_write(int fd, const void *bytes, size_t size)
{
    const unsigned char *next = bytes;
    while (size > 0) {
        ssize_t n = write(fd, next, size);
        if (n < 0)
            bench_die("write");
        next += n;
        size -= (size_t)n;
    }
}

size_t stream_read_some(int fd, void *bytes, size_t size)
{
    ssize_t n = read(fd, bytes, size);
    if (n < 0)
        bench_die("read");
    return (size_t)n;
}

void stream_read(int fd, void *bytes, size_t size)
{
    unsigned char *next = bytes;
    while (size > 0) {
        size_t n = stream_read_some(fd, next, size);
        if (n == 0)
            bench_wrong("read: end of file inside a message");
        next += n;
        size -= n;
    }
}

unsigned char *stream_table(size_t block)
{
    size_t size = block + STREAM_PERIOD;
    unsigned char *table = bench_alloc(size);
    for (size_t i = 0; i < size; i++)
        table[i] = (unsigned char)((i % STREAM_PERIOD) * 0x9e3779b1u >> 24);
    return table;
}

void stream_send(int fd, const unsigned char *table, size_t block, uint64_t total)
{
    for (uint64_t sent = 0; sent < total;) {
        size_t size = total - sent < block ? (size_t)(total - sent) : block;
        stream_write(fd, stream_at(table, sent), size);
        sent += size;
    }
}

void stream_receive(int fd, const unsigned char *table, unsigned char *buffer, size_t block, uint64_t total,
                    int thorough)
{
    for (uint64_t received = 0; received < total;) {
        size_t size = total - received < block ? (size_t)(total - received) : block;
        size_t n = stream_read_some(fd, buffer, size);
        if (n == 0)
            bench_wrong("read: end of file before the last byte");
        stream_check(buffer, table, received, n, thorough);
        received += n;
    }
}

enum { WARMUP_BYTES = 1 << 20 };

static void close_both(int one, int other)
{
    bench_close(one);
    if (other != one)
        bench_close(other);
}

double stream_throughput(const int data[2], const int go[2], int64_t block, int64_t total)
{
    size_t bytes = (size_t)block;
    uint64_t warmup = (uint64_t)total < WARMUP_BYTES ? (uint64_t)total : WARMUP_BYTES;
    unsigned char *table = stream_table(bytes);
    pid_t child = bench_fork();
    if (child == 0) {
        char token;
        close_both(data[0], go[1]);
        stream_send(data[1], table, bytes, warmup);
        stream_read(go[0], &token, 1);
        stream_send(data[1], table, bytes, (uint64_t)total);
        _exit(0);
    }
    close_both(data[1], go[0]);
    unsigned char *buffer = bench_alloc(bytes);
    stream_receive(data[0], table, buffer, bytes, warmup, 1);
    uint64_t start = bench_now();
    stream_write(go[1], "g", 1);
    stream_receive(data[0], table, buffer, bytes, (uint64_t)total, 0);
    uint64_t stop = bench_now();
    if (stream_read_some(data[0], buffer, 1) != 0)
        bench_wrong("the stream is longer than what was sent");
    bench_reap(child);
    return (double)total * 1e9 / (double)(stop - start);
}

void stream_samples(double per_second)
{
    bench_sample("throughput", "MB/s", per_second / 1e6);
    bench_sample("bytes_per_s", "B/s", per_second);
}

void stream_echo(int in, int out, size_t size)
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
