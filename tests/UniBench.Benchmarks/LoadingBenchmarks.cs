using BenchmarkDotNet.Attributes;
using UniBench.Monitor.Loading;

namespace UniBench.Benchmarks;

/// <summary>What making a program ready costs, once for each program content.</summary>
[MemoryDiagnoser]
public class LoadingBenchmarks
{
    private byte[] file = [];

    /// <summary>A small glibc program and a large one, where it is installed.</summary>
    public static IEnumerable<string> Programs =>
        new[] { Repository.Program("hello"), "/bin/busybox", "/bin/bash-static" }.Where(File.Exists);

    [ParamsSource(nameof(Programs))]
    public string Program { get; set; } = string.Empty;

    [GlobalSetup]
    public void Read() => file = File.ReadAllBytes(Program);

    [Benchmark]
    public int Parse() => ElfFile.Parse(file).Segments.Count;

    [Benchmark]
    public int ParseAndRewrite() => SyscallRewriter.Rewrite(RewriteRequest.For(ElfFile.Parse(file), 0, 0x10000000, 0x7ffff8000000)).Patches.Count;
}
