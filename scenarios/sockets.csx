#!/usr/bin/env -S unibench run
// What a connection between two processes costs, of the Unix family and of TCP over the loopback. pipeline.csx asks the same of pipes.
Title("What does a socket cost?");
Question("How long does a message take to the other process and back?");
Question("How many bytes a second go through?");

var family = Param("family", "unix", "tcp");
var size = Param("size", 1, 64, 4096, unit: "B");
var block = Param("block", 64, 4096, 65536, "1m", unit: "B");

Case("rtt", [family, size], p => Program("sock_pingpong", "--family", p[family], "--size", p[size], "--count", 3000, "--warmup", 300))
    .Placements(Same, Cross)
    .Metric("rtt_p50", "ns", Lower)
    .Metric("rtt_p99", "ns", Lower);

Case("stream", [family, block], p => Program("sock_stream", "--family", p[family], "--block", p[block], "--total", Math.Min(p.Number(block) * 65536, 128 << 20)))
    .Placements(Same, Cross)
    .Metric("throughput", "MB/s", Higher);
