#!/usr/bin/env -S unibench run
// An open loop: every round trip is due at its time, and its response time counts from then, with the wait for those before it.
Title("What does a pipe cost under load?");
Question("How long does a round trip take, from when it was due, if so many are due each second?");
Question("How many are done each second?");

var rate = Param("rate", 5_000, 10_000, 20_000, 50_000, 100_000, 300_000, unit: "/s");

// A rate that cannot be kept makes a queue that grows until the end: beyond its knee a curve shows how far 1,000 round trips get behind.
// The warm-up lasts 10 ms: Linux's processes have to be on two CPUs when it ends, and it takes some milliseconds to put them there.
Case("rtt", [rate], p => Program("pipe_pingpong", "--rate", p[rate], "--count", 1000, "--warmup", Math.Min(p.Number(rate) / 100, 2500)))
    .Placements(Same, Cross)
    .Metric("response_p50", "ns", Lower)
    .Metric("response_p99", "ns", Lower)
    .Metric("achieved_rate", "1/s", Higher);
