/*
 * Throughput of a bare ring: what pipe_stream measures, without a pipe. A child writes blocks into a ring in
 * shared memory, the parent reads them, both spin. It is the speed of two cores copying through their caches,
 * which no pipe can beat: a yardstick, not a way to talk between processes (nobody can block, die or be
 * signalled).
 */
#include "bench.h"
#include "stream.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { WARMUP_BYTES = 1 << 20, CHUNK = 16384, SPINS = 10000, CACHE_LINE = 128 };

/* Free-running indices, each on cache lines of its own; who owns one keeps a copy of the other's. */
struct ring {
    _Alignas(CACHE_LINE) _Atomic uint64_t head;
    uint64_t seen_tail;
    _Alignas(CACHE_LINE) _Atomic uint64_t tail;
    uint64_t seen_head;
    _Alignas(CACHE_LINE) unsigned char data[];
};

static uint64_t capacity;

/* Waits until an index is no longer what it was; gives the core away now and then, in case the other has no
 * other.
 */
static uint64_t changed(_Atomic uint64_t *index, uint64_t from)
{
    for (int spins = 0;; spins++) {
        uint64_t now = atomic_load_explicit(index, memory_order_acquire);
        if (now != from)
            return now;
        __builtin_ia32_pause();
        if (spins == SPINS) {
            sched_yield();
            spins = 0;
        }
    }
}

static void put(struct ring *ring, const unsigned char *bytes, size_t size)
{
    uint64_t head = atomic_load_explicit(&ring->head, memory_order_relaxed);
    while (size > 0) {
        if (head - ring->seen_tail == capacity)
            ring->seen_tail = changed(&ring->tail, ring->seen_tail);
        uint64_t at = head & (capacity - 1), room = capacity - (head - ring->seen_tail);
        size_t piece = size < room ? size : (size_t)room;
        if (piece > capacity - at)
            piece = (size_t)(capacity - at);
        if (piece > CHUNK)
            piece = CHUNK;
        memcpy(ring->data + at, bytes, piece);
        head += piece;
        atomic_store_explicit(&ring->head, head, memory_order_release);
        bytes += piece;
        size -= piece;
    }
}

/* Takes what is there, up to size bytes; waits for the first one. */
static size_t take(struct ring *ring, unsigned char *bytes, size_t size)
{
    uint64_t tail = atomic_load_explicit(&ring->tail, memory_order_relaxed);
    if (ring->seen_head - tail < size)
        ring->seen_head = atomic_load_explicit(&ring->head, memory_order_acquire);
    if (ring->seen_head == tail)
        ring->seen_head = changed(&ring->head, tail);
    size_t done = 0;
    while (done < size && tail != ring->seen_head) {
        uint64_t at = tail & (capacity - 1), there = ring->seen_head - tail;
        size_t piece = size - done < there ? size - done : (size_t)there;
        if (piece > capacity - at)
            piece = (size_t)(capacity - at);
        if (piece > CHUNK)
            piece = CHUNK;
        memcpy(bytes + done, ring->data + at, piece);
        tail += piece;
        atomic_store_explicit(&ring->tail, tail, memory_order_release);
        done += piece;
    }
    return done;
}

static void send_all(struct ring *ring, const unsigned char *table, size_t block, uint64_t total)
{
    for (uint64_t sent = 0; sent < total;) {
        size_t size = total - sent < block ? (size_t)(total - sent) : block;
        put(ring, stream_at(table, sent), size);
        sent += size;
    }
}

static void receive_all(struct ring *ring, const unsigned char *table, unsigned char *buffer, size_t block,
                        uint64_t total, int thorough)
{
    for (uint64_t received = 0; received < total;) {
        size_t size = total - received < block ? (size_t)(total - received) : block;
        size_t n = take(ring, buffer, size);
        stream_check(buffer, table, received, n, thorough);
        received += n;
    }
}

int main(int argc, char **argv)
{
    int64_t block = 65536, total = INT64_C(256) << 20, asked = 65536;
    const struct bench_option options[] = {
        {"block", "BYTES", "size of one write and of one read", &block, 1, 1 << 30, NULL},
        {"total", "BYTES", "bytes of the timed part", &total, 1, INT64_MAX, NULL},
        {"capacity", "BYTES", "of the ring, a power of two", &asked, 4096, 1 << 30, NULL},
    };
    bench_parse(argc, argv,
                "Measures the throughput of a bare ring between two processes, the limit for a pipe.",
                options, 3);
    if (asked & (asked - 1))
        bench_wrong("--capacity is not a power of two");
    capacity = (uint64_t)asked;

    struct ring *ring = mmap(NULL, sizeof *ring + capacity, PROT_READ | PROT_WRITE,
                             MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (ring == MAP_FAILED)
        bench_die("mmap");
    int go[2];
    bench_pipe(go);
    size_t bytes = (size_t)block;
    uint64_t warmup = (uint64_t)total < WARMUP_BYTES ? (uint64_t)total : WARMUP_BYTES;
    unsigned char *table = stream_table(bytes);
    pid_t child = bench_fork();
    if (child == 0) {
        char token;
        bench_close(go[1]);
        send_all(ring, table, bytes, warmup);
        /* The timed part starts with an empty ring and an idle writer. */
        stream_read(go[0], &token, 1);
        send_all(ring, table, bytes, (uint64_t)total);
        _exit(0);
    }
    bench_close(go[0]);
    unsigned char *buffer = bench_alloc(bytes);
    receive_all(ring, table, buffer, bytes, warmup, 1);
    uint64_t start = bench_now();
    stream_write(go[1], "g", 1);
    receive_all(ring, table, buffer, bytes, (uint64_t)total, 0);
    uint64_t stop = bench_now();
    bench_reap(child);

    stream_samples((double)total * 1e9 / (double)(stop - start));
    return bench_finish();
}
