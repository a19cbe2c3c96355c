#!/usr/bin/env -S unibench run
// A test rather than a measurement: what becomes of a pipeline when one of its stages dies, stops for a while or is slow.
Title("What does a pipeline do when a stage fails?");
Question("Do the other stages end as they should, and does every byte arrive that can?");

Workload Source(long bytes, string pauseUs = "0") => Program("pipe_stage", "--role", "source", "--total", bytes, "--pause", pauseUs);
Workload Relay() => Program("pipe_stage", "--role", "relay");
Workload Sink(string pauseUs = "0") => Program("pipe_stage", "--role", "sink", "--pause", pauseUs);
const int Endless = 0;

// The writer finds nobody who reads on; the reader finds the end of the stream.
Case("relay-killed", Source(Endless) | Relay() | Sink())
    .After("100ms", Kill(stage: 1))
    .ExpectStage(0, exit: 1)
    .ExpectStage(1, signal: 9)
    .ExpectStage(2, exit: 0)
    .ExpectMatch("^received [0-9]+ bytes$");

Case("source-killed", Source(Endless) | Relay() | Sink())
    .After("100ms", Kill(stage: 0, signal: 15))
    .ExpectStage(0, signal: 15)
    .ExpectStage(1, exit: 0)
    .ExpectStage(2, exit: 0);

// 200 blocks, 5 ms apart: the stream lasts a second, with a hole in it, and loses nothing.
Case("relay-paused", Source(200 * 4096, "5000") | Relay() | Sink())
    .After("200ms", Pause(stage: 1, "300ms"))
    .ExpectOutput("received 819200 bytes\n")
    .Expect("longest_gap", atLeast: 200);

// 50 reads, 4 ms apart: the writer waits for a reader that it could outrun.
Case("slow-reader", Source(50 * 4096) | Sink("4000"))
    .ExpectOutput("received 204800 bytes\n")
    .Expect("elapsed", atLeast: 200);
