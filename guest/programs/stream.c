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
