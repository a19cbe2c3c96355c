#!/usr/bin/env -S unibench run
// What processes cost: making one, keeping many, and starting a program, as a process, a container or a unikernel.
Title("What does a process cost?");
Question("How long do fork, exit and wait take, and does that grow with the heap?");
Question("How long does it take until N children live at once, and what memory do they take?");
Question("How long does the first program of a container, a process, a unikernel take to start?");

var heap = Param("heap", 0, "1m", "16m", unit: "B");
var alive = Param("alive", 10, 100, 300);

Case("cycle", [heap], p => Program("fork_storm", "--mode", "cycle", "--count", 200, "--heap", p[heap]))
    .Metric("fork_exit_wait_p50", "ns", Lower)
    .Metric("fork_exit_wait_p99", "ns", Lower);

Case("alive", [alive], p => Program("fork_storm", "--mode", "alive", "--alive", p[alive]))
    .Metric("alive_total", "ms", Lower)
    .Metric("exit_wait_total", "ms", Lower)
    .Metric("max_rss_mb", "MB", Lower);

Case("tree", Program("fork_storm", "--mode", "tree", "--depth", 3, "--fanout", 4))
    .Metric("tree_total", "ms", Lower);

Case("exec", Program("spawn", "--count", 50))
    .Metric("spawn_p50", "ns", Lower);

// Each launch is one container, one process or one unikernel, so this is the cost of one for every program started.
Case("start", Program("spawn", "--once"))
    .Metric("start_ms", "ms", Lower)
    .Metric("wall_ms", "ms", Lower);
