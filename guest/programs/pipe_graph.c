/* Processes joined by pipes in any shape: a wave of messages goes from node 0 through all of them and back.
 */
#include "bench.h"
#include "graph.h"
#include "histogram.h"
#include "stream.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PIPE_PAGES = 16, PAGE = 4096 };

/* The ends that one node holds. Feedback comes first among the outputs: see run_node. */
struct node {
    int inputs, outputs, feedbacks; /* feedbacks: how many of the inputs */
    int in[GRAPH_EDGES], out[GRAPH_EDGES];
};

static struct graph graph;
static struct histogram latency;
static int ends[GRAPH_EDGES][2];

/* Keeps the ends of one node and closes all others. */
static void take_ends(struct node *node, int number)
{
    memset(node, 0, sizeof *node);
    for (int feedback = 1; feedback >= 0; feedback--) {
        for (int i = 0; i < graph.edges; i++) {
            const struct graph_edge *edge = &graph.edge[i];
            if (graph_feedback(edge) != feedback)
                continue;
            if (edge->to == number)
                node->in[node->inputs++] = ends[i][0];
            else
                bench_close(ends[i][0]);
            if (edge->from == number)
                node->out[node->outputs++] = ends[i][1];
            else
                bench_close(ends[i][1]);
        }
        if (feedback)
            node->feedbacks = node->inputs;
    }
}

/* Bytes that a wave carries: each wave others, so that a message of another wave is noticed. */
static const unsigned char *message_of(const unsigned char *table, int64_t wave)
{
    return stream_at(table, (uint64_t)wave);
}

/* Reads the wave's message from an input; 0 at the end of file. */
static int take(int fd, unsigned char *buffer, const unsigned char *table, size_t size, int64_t wave,
                int thorough)
{
    size_t n = stream_read_some(fd, buffer, size);
    if (n == 0)
        return 0;
    if (n < size)
        stream_read(fd, buffer + n, size - n);
    const unsigned char *expected = message_of(table, wave);
    if (buffer[0] != expected[0] || buffer[size - 1] != expected[size - 1] ||
        (thorough && memcmp(buffer, expected, size) != 0))
        bench_wrong("a message is not the one of its wave");
    return 1;
}

/*
 * One message from each input, then one to each output. Feedback goes out before anything that lets the wave
 * get home, so its reader, which ends when node 0 says so, is never gone when it is written.
 */
_Noreturn static void run_node(int number, const unsigned char *table, size_t size, int64_t checked)
{
    struct node node;
    take_ends(&node, number);
    unsigned char *buffer = bench_alloc(size);
    for (int64_t wave = 0;; wave++) {
        int ended = 0;
        for (int i = node.feedbacks; i < node.inputs; i++)
            ended += !take(node.in[i], buffer, table, size, wave, wave < checked);
        if (ended == node.inputs - node.feedbacks)
            _exit(0);
        if (ended > 0)
            bench_wrong("a wave came from some inputs only");
        for (int i = 0; wave > 0 && i < node.feedbacks; i++) {
            if (!take(node.in[i], buffer, table, size, wave - 1, wave < checked))
                bench_wrong("the feedback ended before the wave");
        }
        for (int i = 0; i < node.outputs; i++)
            stream_write(node.out[i], message_of(table, wave), size);
    }
}

static void send_wave(const struct node *home, const unsigned char *table, size_t size, int64_t wave)
{
    for (int i = 0; i < home->outputs; i++)
        stream_write(home->out[i], message_of(table, wave), size);
}

static void end_wave(const struct node *home, unsigned char *buffer, const unsigned char *table, size_t size,
                     int64_t wave, int thorough)
{
    for (int i = 0; i < home->inputs; i++) {
        if (!take(home->in[i], buffer, table, size, wave, thorough))
            bench_wrong("an edge ended before its last wave");
    }
}

/*
 * Waves that may be under way at once without any write forwards ever waiting for room: a message fills whole
 * pages. Feedback may have to wait for its reader, a lower node, to do an earlier wave or this one, which
 * waits for nothing that comes later; so nothing can wait in a circle.
 */
static int64_t waves_under_way(size_t size)
{
    return PIPE_PAGES / (int64_t)((size + PAGE - 1) / PAGE);
}

int main(int argc, char **argv)
{
    int64_t edges = 0, size = 64, count = 2000, stream = 20000;
    const struct bench_option options[] = {
        {"edges", "FROM-TO,...", "edges of the graph, e.g. 0-1,0-2,1-3,2-3 (default 0-1)", &edges, 0, 0,
         BENCH_TEXT},
        {"size", "BYTES", "message size", &size, 1, 65536, NULL},
        {"count", "N", "timed waves, one after the other", &count, 1, INT32_MAX, NULL},
        {"stream", "N", "timed waves that follow each other closely, 0 leaves them out", &stream, 0,
         INT32_MAX, NULL},
    };
    bench_parse(argc, argv, "Measures waves of messages through processes joined by pipes in any shape.",
                options, 4);
    graph_parse(&graph, edges == 0 ? "0-1" : argv[edges]);

    int64_t warmup = count / 10 + 1, checked = warmup + count;
    unsigned char *table = stream_table((size_t)size);
    unsigned char *buffer = bench_alloc((size_t)size);
    pid_t children[GRAPH_NODES];
    for (int i = 0; i < graph.edges; i++)
        bench_pipe(ends[i]);
    for (int i = 1; i < graph.nodes; i++) {
        children[i] = bench_fork();
        if (children[i] == 0)
            run_node(i, table, (size_t)size, checked);
    }
    struct node home;
    take_ends(&home, 0);

    int64_t wave = 0;
    for (; wave < checked; wave++) {
        uint64_t start = bench_now();
        send_wave(&home, table, (size_t)size, wave);
        end_wave(&home, buffer, table, (size_t)size, wave, 1);
        uint64_t stop = bench_now();
        if (wave >= warmup)
            histogram_add(&latency, stop - start);
    }

    int64_t window = waves_under_way((size_t)size);
    uint64_t start = bench_now();
    for (int64_t sent = wave; wave < checked + stream; wave++) {
        for (; sent < checked + stream && sent < wave + window; sent++)
            send_wave(&home, table, (size_t)size, sent);
        end_wave(&home, buffer, table, (size_t)size, wave, 0);
    }
    uint64_t stop = bench_now();

    for (int i = 0; i < home.outputs; i++)
        bench_close(home.out[i]);
    for (int i = 0; i < home.inputs; i++) {
        if (stream_read_some(home.in[i], buffer, 1) != 0)
            bench_wrong("more came back than was sent");
    }
    for (int i = 1; i < graph.nodes; i++)
        bench_reap(children[i]);

    printf("%d processes, %d edges, %d of them added to end the wave\n", graph.nodes, graph.edges,
           graph.edges - graph.named);
    bench_sample("latency_p50", "ns", histogram_quantile(&latency, 0.50));
    bench_sample("latency_p99", "ns", histogram_quantile(&latency, 0.99));
    if (stream > 0)
        bench_sample("messages_per_s", "1/s", (double)stream * graph.edges * 1e9 / (double)(stop - start));
    bench_sample("clock_overhead", "ns", bench_clock_overhead());
    histogram_print(&latency, "latency", "ns");
    return bench_finish();
}
