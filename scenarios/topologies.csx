#!/usr/bin/env -S unibench run
// Waves of 64-byte messages through processes joined in other shapes than a line. A message of a wrong wave fails the launch.
Title("What does the shape of a pipeline cost?");
Question("How long does a wave of messages take through each shape, and back?");
Question("How many messages a second pass, when waves follow each other closely?");

var n = Param("n", 2, 8);

void Shape(string name, Func<long, Topology> shape) =>
    Case(name, [n], p => Program("pipe_graph", "--edges", shape(p.Number(n)), "--size", 64, "--count", 200, "--stream", 2000))
        .ExpectMatch("^[0-9]+ processes, [0-9]+ edges")
        .Metric("latency_p50", "ns", Lower)
        .Metric("messages_per_s", "1/s", Higher);

Shape("fan-out", Topology.FanOut);
Shape("fan-in", Topology.FanIn);
Shape("ring", Topology.Ring);
Shape("feedback", Topology.Feedback);
Shape("tree", fanout => Topology.Tree(depth: 2, fanout));
