using System.Globalization;
using BenchmarkDotNet.Attributes;
using Microsoft.Win32.SafeHandles;
using UniBench.Monitor;
using UniBench.Workloads;

namespace UniBench.Benchmarks;

/// <summary>What the engine's operations cost, with warm VMs. Each benchmark is one family, divided by what it does again and again.</summary>
public class EngineBenchmarks
{
    private const int Yields = 2000;
    private const int Forks = 100;
    private const int Blocks = 16384;
    private const int SchedYield = 24;
    private readonly string hello = Repository.Program("hello");
    private readonly string forkStorm = Repository.Program("fork_storm");
    private readonly string pipeStream = Repository.Program("pipe_stream");
    private readonly string yields = Path.GetTempFileName();
    private UnikernelHost host = null!;
    private SafeFileHandle nothing = null!;

    [GlobalSetup]
    public void Open()
    {
        File.WriteAllBytes(yields, CostProgram.Build(SchedYield, Yields));
        host = UnikernelHost.Open();
        nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
    }

    [GlobalCleanup]
    public void Close()
    {
        host.Dispose();
        nothing.Dispose();
        File.Delete(yields);
    }

    /// <summary>A family of one process that prints a line.</summary>
    [Benchmark]
    public FamilyResult Hello() => Run(hello);

    /// <summary>A system call that the monitor serves: out of the guest and back.</summary>
    [Benchmark(OperationsPerInvoke = Yields)]
    public FamilyResult Hypercall() => Run(yields);

    /// <summary>fork + exit + wait of a process with that many bytes of touched heap.</summary>
    [Benchmark(OperationsPerInvoke = Forks)]
    [Arguments(0)]
    [Arguments(1 << 20)]
    [Arguments(16 << 20)]
    public FamilyResult Clone(int heap) => Run(forkStorm, "--count", Forks, "--heap", heap);

    /// <summary>One block of 4,096 bytes from one process to another.</summary>
    [Benchmark(OperationsPerInvoke = Blocks)]
    public FamilyResult PipeBlock() => Run(pipeStream, "--block", 4096, "--total", Blocks * 4096);

    private FamilyResult Run(string program, params object[] arguments)
    {
        int descriptor = (int)nothing.DangerousGetHandle();
        string[] words = [program, .. arguments.Select(a => Convert.ToString(a, CultureInfo.InvariantCulture)!)];
        FamilyResult result = host.Run(
            new FamilySpec { Stages = [new ProcessSpec(program, words)], Stdin = descriptor, Stdout = descriptor, Stderr = descriptor }, CancellationToken.None);
        return result.Stages[^1].IsSuccess ? result : throw new InvalidOperationException($"{program} ended with {result.Stages[^1]}");
    }
}
