#include "graph.h"

#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn static void refuse(const char *what, const char *text)
{
    fprintf(stderr, "%s: %s: %s (see --help)\n", bench_program, text, what);
    exit(2);
}

static int number(const char **text, const char *all)
{
    int value = 0;
    if (**text < '0' || **text > '9')
        refuse("edges are FROM-TO,FROM-TO,... with node numbers", all);
    while (**text >= '0' && **text <= '9') {
        value = value * 10 + (*(*text)++ - '0');
        if (value >= GRAPH_NODES)
            refuse("nodes are 0 to 255", all);
    }
    return value;
}

static void add(struct graph *graph, int from, int to, const char *text)
{
    if (graph->edges == GRAPH_EDGES)
        refuse("more than 480 edges, those that nodes without successor get to node 0 included", text);
    for (int i = 0; i < graph->edges; i++) {
        if (graph->edge[i].from == from && graph->edge[i].to == to)
            refuse("an edge is there twice", text);
    }
    graph->edge[graph->edges++] = (struct graph_edge){from, to};
    graph->nodes = from >= graph->nodes ? from + 1 : graph->nodes;
    graph->nodes = to >= graph->nodes ? to + 1 : graph->nodes;
}

int graph_feedback(const struct graph_edge *edge)
{
    return edge->to != 0 && edge->to <= edge->from;
}

void graph_parse(struct graph *graph, const char *text)
{
    memset(graph, 0, sizeof *graph);
    for (const char *at = text;; at++) {
        int from = number(&at, text);
        if (*at++ != '-')
            refuse("edges are FROM-TO,FROM-TO,... with node numbers", text);
        int to = number(&at, text);
        if (to == 0 && from == 0)
            refuse("node 0 cannot lead to itself", text);
        add(graph, from, to, text);
        if (*at == '\0')
            break;
        if (*at != ',')
            refuse("edges are FROM-TO,FROM-TO,... with node numbers", text);
    }
    graph->named = graph->edges;

    char reached[GRAPH_NODES] = {1}, leads[GRAPH_NODES] = {0};
    for (int i = 0; i < graph->named; i++) {
        if (!graph_feedback(&graph->edge[i])) {
            leads[graph->edge[i].from] = 1;
            reached[graph->edge[i].to] = 1;
        }
    }
    /* The lower end of an edge up is reached by the same rule, so reached at all is reached from node 0. */
    for (int node = 1; node < graph->nodes; node++) {
        if (!reached[node])
            refuse("a node has no edge from a lower one", text);
        if (!leads[node])
            add(graph, node, 0, text);
    }
    if (!leads[0])
        refuse("node 0 has no edge", text);
}
