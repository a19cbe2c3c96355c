/* Processes come and go: one after another, many alive at once, or as a tree. */
#include "bench.h"
#include "histogram.h"
#include "stream.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum mode { CYCLE, ALIVE, TREE };
enum writer { NOBODY, PARENT, CHILD };
enum { PAGE = 4096, SOME = 100 };

static struct histogram times, fork_times, write_times;
static uint64_t first_times[SOME], last_times[SOME]; /* small: children that stay alive have copies */
static unsigned char *heap;
static size_t heap_size;
static unsigned char mark = 0xa5; /* what this process has in the first byte of each page of its heap */

/* What this process sees is what it wrote or inherited, whatever its parent or child wrote since; two pages
 * suffice to notice that they share one. */
static int heap_intact(void)
{
    return heap_size == 0 || (heap[0] == mark && heap[(heap_size - 1) / PAGE * PAGE] == mark);
}

/* Writes every page of the heap once; the time of that. */
static uint64_t write_heap(void)
{
    uint64_t start = bench_now();
    mark++;
    for (size_t at = 0; at < heap_size; at += PAGE)
        heap[at] = mark;
    return bench_now() - start;
}

/* What a child of the cycle does: writes if that is its part, else stays until the parent has written. */
_Noreturn static void live_once(enum writer writer, const int tell[2], const int release[2])
{
    if (writer == CHILD) {
        uint64_t took = write_heap();
        stream_write(tell[1], &took, sizeof took);
    } else if (writer == PARENT) {
        char token;
        stream_read(release[0], &token, 1);
    }
    _exit(heap_intact() ? 0 : 1);
}

/* fork, exit and wait, one child at a time. The first tenth is warm-up. */
static void run_cycle(int64_t count, enum writer writer)
{
    int tell[2], release[2];
    bench_pipe(tell);
    bench_pipe(release);
    for (int64_t i = -(count / 10) - 1; i < count; i++) {
        uint64_t writing = 0, start = bench_now();
        pid_t child = bench_fork();
        if (child == 0)
            live_once(writer, tell, release);
        uint64_t forked = bench_now();
        if (writer == PARENT) {
            writing = write_heap();
            stream_write(release[1], "r", 1);
        }
        bench_reap(child);
        uint64_t stop = bench_now();
        if (writer == CHILD)
            stream_read(tell[0], &writing, sizeof writing);
        if (!heap_intact())
            bench_wrong("the heap of the parent is not what the parent wrote");
        if (i >= 0) {
            histogram_add(&times, stop - start);
            histogram_add(&fork_times, forked - start);
            histogram_add(&write_times, writing);
        }
    }
    bench_sample("fork_exit_wait_p50", "ns", histogram_quantile(&times, 0.50));
    bench_sample("fork_exit_wait_mean", "ns", histogram_mean(&times));
    bench_sample("fork_exit_wait_p99", "ns", histogram_quantile(&times, 0.99));
    bench_sample("fork_p50", "ns", histogram_quantile(&fork_times, 0.50));
    if (writer != NOBODY && heap_size > 0) {
        double pages = (double)((heap_size + PAGE - 1) / PAGE);
        bench_sample("write_page_ns", "ns", histogram_quantile(&write_times, 0.50) / pages);
    }
    bench_sample("clock_overhead", "ns", bench_clock_overhead());
    histogram_print(&times, "fork_exit_wait", "ns");
}

static int compare_times(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static double median(uint64_t values[SOME])
{
    qsort(values, SOME, sizeof values[0], compare_times);
    return (double)(values[SOME / 2 - 1] + values[SOME / 2]) / 2;
}

/* Says that it is alive, then blocks until the release pipe has no writer any more. */
_Noreturn static void stay_alive(const int ready[2], const int release[2])
{
    char token;
    bench_close(release[1]);
    stream_write(ready[1], "r", 1);
    bench_close(ready[1]); /* so that the parent sees the end of file if a child has died without a word */
    size_t n = stream_read_some(release[0], &token, 1);
    _exit(n == 0 && heap_intact() ? 0 : 1);
}

/* N children alive at once. A fork that returned is not yet a child that runs: each one reports by itself. */
static void run_alive(int64_t alive)
{
    int ready[2], release[2];
    bench_pipe(ready);
    bench_pipe(release);
    uint64_t first = 0, last = 0, begin = bench_now();
    for (int64_t i = 0; i < alive; i++) {
        uint64_t start = bench_now();
        pid_t child = fork();
        if (child == 0)
            stay_alive(ready, release);
        if (child < 0) {
            /* The children that are there see the end of file when this process ends. */
            dprintf(STDERR_FILENO, "%s: fork of child %lld of %lld: %s\n", bench_program, (long long)i + 1,
                    (long long)alive, strerror(errno));
            _exit(1);
        }
        last = bench_now() - start;
        if (i == 0)
            first = last;
        histogram_add(&times, last);
        if (i < SOME)
            first_times[i] = last;
        last_times[i % SOME] = last;
    }
    bench_close(ready[1]);
    for (int64_t seen = 0; seen < alive;) {
        char tokens[4096];
        size_t n = stream_read_some(ready[0], tokens, sizeof tokens);
        if (n == 0)
            bench_wrong("a child died before it was released");
        seen += (int64_t)n;
    }
    uint64_t all_alive = bench_now();
    bench_close(release[1]);
    for (int64_t i = 0; i < alive; i++)
        bench_reap(-1);
    uint64_t all_gone = bench_now();

    bench_sample("alive_total", "ms", (double)(all_alive - begin) / 1e6);
    bench_sample("fork_p50", "ns", histogram_quantile(&times, 0.50));
    bench_sample("fork_first", "ns", (double)first);
    bench_sample("fork_last", "ns", (double)last);
    if (alive >= 2 * SOME) {
        bench_sample("fork_first100", "ns", median(first_times));
        bench_sample("fork_last100", "ns", median(last_times));
    }
    bench_sample("exit_wait_total", "ms", (double)(all_gone - all_alive) / 1e6);
    bench_sample("alive_each", "ns", (double)(all_alive - begin) / (double)alive);
    bench_sample("exit_wait_each", "ns", (double)(all_gone - all_alive) / (double)alive);
}

/* Forks the children of one node, and theirs; every node but the root writes one byte, so that they can be
 * counted. */
static void grow(int64_t depth, int64_t fanout, int count_fd)
{
    for (int64_t i = 0; depth > 0 && i < fanout; i++) {
        if (bench_fork() == 0) {
            stream_write(count_fd, "n", 1);
            grow(depth - 1, fanout, count_fd);
            for (int64_t k = 0; depth > 1 && k < fanout; k++)
                bench_reap(-1);
            _exit(heap_intact() ? 0 : 1);
        }
    }
}

static void run_tree(int64_t depth, int64_t fanout)
{
    int64_t expected = 0, level = 1;
    for (int64_t i = 0; i < depth; i++) {
        if (level > 1000000 / fanout)
            bench_wrong("the tree has more than a million processes in a level");
        level *= fanout;
        expected += level;
    }
    int nodes[2];
    bench_pipe(nodes);
    uint64_t start = bench_now();
    grow(depth, fanout, nodes[1]);
    bench_close(nodes[1]);
    int64_t seen = 0;
    for (;;) {
        char tokens[4096];
        size_t n = stream_read_some(nodes[0], tokens, sizeof tokens);
        if (n == 0)
            break;
        seen += (int64_t)n;
    }
    for (int64_t i = 0; i < fanout; i++)
        bench_reap(-1);
    uint64_t stop = bench_now();
    if (seen != expected)
        bench_wrong("the tree has lost processes");
    printf("%lld processes\n", (long long)expected);
    bench_sample("tree_total", "ms", (double)(stop - start) / 1e6);
}

int main(int argc, char **argv)
{
    int64_t mode = CYCLE, count = 1000, alive = 300, depth = 3, fanout = 4, heap_bytes = 0, writer = NOBODY;
    const struct bench_option options[] = {
        {"mode", "MODE", "what to do", &mode, 0, 0, "cycle|alive|tree"},
        {"count", "N", "timed fork, exit, wait cycles (cycle)", &count, 1, INT64_MAX / 4, NULL},
        {"alive", "N", "children alive at once (alive)", &alive, 1, 1000000, NULL},
        {"depth", "D", "levels below the root (tree)", &depth, 1, 20, NULL},
        {"fanout", "F", "children of a node (tree)", &fanout, 1, 1000, NULL},
        {"heap", "BYTES", "heap written before forking", &heap_bytes, 0, INT64_C(1) << 40, NULL},
        {"write", "WHO", "who writes every page of the heap again after each fork (cycle)", &writer, 0, 0,
         "none|parent|child"},
    };
    bench_parse(argc, argv,
                "Measures fork, exit and wait: one by one, many children alive at once, or a tree.", options,
                7);
    heap_size = (size_t)heap_bytes;
    if (heap_size > 0)
        heap = bench_alloc(heap_size);
    if (mode == CYCLE)
        run_cycle(count, (enum writer)writer);
    else if (mode == ALIVE)
        run_alive(alive);
    else
        run_tree(depth, fanout);
    return bench_finish();
}
