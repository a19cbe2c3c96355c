using BenchmarkDotNet.Attributes;
using UniBench.Monitor.Loading;

namespace UniBench.Benchmarks;

/// <summary>What making a program ready costs, once for each program content.</summary>
[MemoryDiagnoser]
public class LoadingBenchmarks
{
    private byte[] file = [];

    /// <summary>A small glibc program and a large one, where it is installed.</summary>
    public static IEnumerable<string> Programs => Paths.Where(p => File.Exists(p.Value)).Select(p => p.Key);

    private static Dictionary<string, string> Paths { get; } = new()
    {
        ["hello"] = Repository.Program("hello"),
        ["busybox"] = "/bin/busybox",
        ["bash-static"] = "/bin/bash-static",
    };

    [ParamsSource(nameof(Programs))]
    public string Program { get; set; } = string.Empty;

    [GlobalSetup]
    public void Read() => file = File.ReadAllBytes(Paths[Program]);

    [Benchmark]
    public int Parse() => ElfFile.Parse(file).Segments.Count;

    [Benchmark]
    public int ParseAndRewrite() => SyscallRewriter.Rewrite(RewriteRequest.For(ElfFile.Parse(file), 0, 0x10000000, 0x7ffff8000000)).Patches.Count;
}
