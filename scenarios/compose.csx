#!/usr/bin/env -S unibench run
// Programs nobody wrote for this tool, composed as in a shell: busybox, one static binary, every stage a process.
#load "_busybox.csx"

Title("What does a shell pipeline cost?");
Question("How long does an ordinary pipeline of small programs take from start to end?");

if (!HasProgram("busybox"))
{
    throw new Exception("this scenario needs a static busybox: apt-get install busybox-static");
}

var lines = Param("lines", 1000, 20_000);
var cats = Param("cats", 1, 4, 8);

Case("count", [lines], p => Box("seq", p[lines]) | Box("grep", "7") | Box("wc", "-l"))
    .Metric("wall_ms", "ms", Lower)
    .Metric("cpu_ms", "ms", Lower);

Case("sort", [lines], p => Box("seq", p[lines]) | Box("sort", "-r") | Box("head", "-n", 1))
    .Metric("wall_ms", "ms", Lower);

Case("cats", [cats], p => Box("seq", 20_000) | Cats(p.Number(cats)) | Box("md5sum"))
    .Metric("wall_ms", "ms", Lower)
    .Metric("cpu_ms", "ms", Lower);
