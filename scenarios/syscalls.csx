#!/usr/bin/env -S unibench run
// What a system call costs that does nothing: the border between program and system, and nothing else.
Title("What does a system call cost?");
Question("How long does a system call take that has nothing to do?");

var probe = Case("null", Program("null_syscall", "--count", 100_000));
foreach (var call in new[] { "getppid", "getpid", "null_write", "clock_gettime" })
{
    probe.Metric($"{call}_ns", "ns", Lower);
}
