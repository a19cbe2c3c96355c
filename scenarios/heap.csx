#!/usr/bin/env -S unibench run
// fork of a process with a large heap, and what the pages cost that parent or child write afterwards.
Title("Does fork depend on the heap?");
Question("How long do fork, exit and wait take with up to 1 GB of touched heap?");
Question("What does each page cost that the parent, or the child, writes after the fork?");

var heap = Param("heap", "1m", "4m", "16m", "64m", "256m", "1g", unit: "B");
var written = Param("written", "16m", "64m", "256m", unit: "B");
var writer = Param("writer", "parent", "child");

Case("fork", [heap], p => Program("fork_storm", "--count", 20, "--heap", p[heap]))
    .Memory("4g")
    .Metric("fork_exit_wait_p50", "ns", Lower)
    .Metric("fork_p50", "ns", Lower);

Case("write", [written, writer], p => Program("fork_storm", "--count", 5, "--heap", p[written], "--write", p[writer]))
    .Memory("4g")
    .Metric("write_page_ns", "ns", Lower);
