#!/usr/bin/env -S unibench run
// What operations count: exits, hypercalls, faults. No noise moves these numbers, so gates on them hold on shared runners and in emulated machines.
Title("What does an operation count?");
Question("How many exits and hypercalls does a fork, a started program, a round trip, a system call take?");

// What an operation counts is the difference between the fewest and the most of a round.
var count = Param("count", 10, 40);
var calls = Param("calls", 200, 1200);

Case("fork", [count], p => Program("fork_storm", "--mode", "cycle", "--count", p[count]))
    .Placements(Same)
    .Metric("wall_ms", "ms", Lower);

Case("exec", [count], p => Program("spawn", "--count", p[count]))
    .Placements(Same)
    .Metric("wall_ms", "ms", Lower);

Case("rtt", [calls], p => Program("pipe_pingpong", "--count", p[calls]))
    .Placements(Same)
    .Metric("wall_ms", "ms", Lower);

Case("call", [calls], p => Program("null_syscall", "--count", p[calls]))
    .Placements(Same)
    .Metric("wall_ms", "ms", Lower);
