/*
 * A directed graph of processes. Node 0 starts every wave and ends it. Edges from a lower to a higher node
 * pass the wave on; an edge into node 0 brings it home; any other edge down, or from a node to itself, is
 * feedback: what it carries is read one wave later. So a wave always comes to an end, whatever the edges.
 */
#ifndef UNIBENCH_GRAPH_H
#define UNIBENCH_GRAPH_H

/* An edge has a descriptor at both ends in the process that makes them, which may have 1,024 of them. */
enum { GRAPH_NODES = 256, GRAPH_EDGES = 480 };

struct graph_edge {
    int from, to;
};

struct graph {
    int nodes;
    int named; /* edges of the text; those that follow were added */
    int edges;
    struct graph_edge edge[GRAPH_EDGES];
};

/*
 * Reads `FROM-TO,FROM-TO,...`, and gives every node that leads nowhere else an edge to node 0. Feedback edges
 * alone lead nowhere. Exits 2 with a message where the text is wrong, a node is missing or nothing reaches
 * one.
 */
void graph_parse(struct graph *graph, const char *text);

/* Whether what the edge carries is read one wave later. */
int graph_feedback(const struct graph_edge *edge);

#endif
