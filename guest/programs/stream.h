/*
 * Whole messages over descriptors, and a byte stream that a reader can check: byte i of the stream is a fixed
 * function of i with a prime period, so a source sends any block straight out of one table, without filling
 * it.
 */
#ifndef UNIBENCH_STREAM_H
#define UNIBENCH_STREAM_H

#include "bench.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Writes all bytes; dies on an error. */
void stream_write(int fd, const void *bytes, size_t size);

/* Reads exactly size bytes; dies on an error or an early end of file. */
void stream_read(int fd, void *bytes, size_t size);

/* read(2) that dies on an error; 0 at the end of file. */
size_t stream_read_some(int fd, void *bytes, size_t size);

enum { STREAM_PERIOD = 4093 }; /* small enough that table and block stay in the L1 cache */

/* A table from which up to `block` bytes can be taken at any position of the stream. */
unsigned char *stream_table(size_t block);

/* The bytes of the stream from `offset` on. */
static inline const unsigned char *stream_at(const unsigned char *table, uint64_t offset)
{
    return table + offset % STREAM_PERIOD;
}

/*
 * Dies if `size` bytes (1 or more) are not those of the stream from `offset` on. Thorough: every byte is
 * compared; else the first and the last. Inline: it is part of every timed read.
 */
static inline void stream_check(const unsigned char *bytes, const unsigned char *table, uint64_t offset,
                                size_t size, int thorough)
{
    const unsigned char *expected = stream_at(table, offset);
    if (bytes[0] != expected[0] || bytes[size - 1] != expected[size - 1] ||
        (thorough && memcmp(bytes, expected, size) != 0))
        bench_wrong("the stream's bytes are not those that were sent");
}

/* Writes `total` bytes of the stream in blocks, the last one possibly shorter. */
void stream_send(int fd, const unsigned char *table, size_t block, uint64_t total);

/*
 * Reads `total` bytes of the stream in reads of up to `block` bytes and dies if they are wrong. Thorough:
 * every byte is compared (for warm-up); else the first and last byte of every read (costs nothing inside a
 * timed loop).
 */
void stream_receive(int fd, const unsigned char *table, unsigned char *buffer, size_t block, uint64_t total,
                    int thorough);

/*
 * Throughput, in bytes a second, of a stream between this process, which reads, and a child that it makes, which writes.
 * A warm-up, every byte compared, comes first; then the writer waits for a byte, so the timed part starts with nothing on
 * the way. data: the reader's and the writer's end; go: of the byte, the writer's and the reader's end, which may be
 * those of data. Returns when the child is gone.
 */
double stream_throughput(const int data[2], const int go[2], int64_t block, int64_t total);

/* Prints the samples `throughput` and `bytes_per_s`. */
void stream_samples(double per_second);

/* Sends every message back with its first byte incremented, until the end of file. */
_Noreturn void stream_echo(int in, int out, size_t size);

#endif
