#!/usr/bin/env -S unibench run
// What a pipe between two processes costs. Linux is measured where it does best, too: both ends on one core.
Title("What does a pipe cost?");
Question("How long does a message take to the other process and back?");
Question("How many bytes a second go through?");
Question("What does each further process in a chain add?");

var size = Param("size", 1, 64, 4096, unit: "B");
var block = Param("block", 64, 4096, 65536, "1m", unit: "B");
var stages = Param("stages", 2, 4, 8);

Case("rtt", [size], p => Program("pipe_pingpong", "--size", p[size], "--count", 3000, "--warmup", 300))
    .Placements(Same, Cross, Free)
    .Metric("rtt_p50", "ns", Lower)
    .Metric("rtt_p99", "ns", Lower);

Case("stream", [block], p => Program("pipe_stream", "--block", p[block], "--total", Math.Min(p.Number(block) * 65536, 128 << 20)))
    .Placements(Same, Cross, Free)
    .Metric("throughput", "MB/s", Higher);

// The yardstick for the streams: the same bytes through a ring in shared memory, without a pipe.
Case("ring", [block], p => Program("ring_stream", "--block", p[block], "--total", Math.Min(p.Number(block) * 65536, 128 << 20)))
    .Backends("process")
    .Placements(Cross)
    .Metric("throughput", "MB/s", Higher);

Case("chain", [stages], p => Program("pipe_chain", "--stages", p[stages], "--count", 200, "--total", 4 << 20))
    .Slope(stages, "process")
    .Metric("latency_p50", "ns", Lower)
    .Metric("throughput", "MB/s", Higher);
