#!/usr/bin/env -S unibench run
// Does a process cost more when many others live? --param alive=10000 goes further: that takes minutes the first time, because the VMs are made then.
Title("What does a process cost when many are alive?");
Question("Does a fork take longer when many processes live already?");
Question("What memory does each live process take, as the backend counts it?");

var alive = Param("alive", 10, 30, 100, 300, 1000);

Case("alive", [alive], p => Program("fork_storm", "--mode", "alive", "--alive", p[alive]))
    .Timeout("10m")
    .Metric("alive_each", "ns", Lower)
    .Metric("exit_wait_each", "ns", Lower)
    .Metric("cpu_ms", "ms", Lower)
    .Metric("max_rss_mb", "MB", Lower);
