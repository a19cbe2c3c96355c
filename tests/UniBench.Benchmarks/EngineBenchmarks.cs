using BenchmarkDotNet.Attributes;
using Microsoft.Win32.SafeHandles;
using UniBench.Monitor;

namespace UniBench.Benchmarks;

/// <summary>What a run of the engine costs from outside, with warm VMs.</summary>
public class EngineBenchmarks
{
    private readonly string program = Repository.Program("hello");
    private UnikernelHost host = null!;
    private SafeFileHandle nothing = null!;

    [GlobalSetup]
    public void Open()
    {
        host = UnikernelHost.Open();
        nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
    }

    [GlobalCleanup]
    public void Close()
    {
        host.Dispose();
        nothing.Dispose();
    }

    /// <summary>A family of one process that prints a line.</summary>
    [Benchmark]
    public FamilyResult Hello()
    {
        int descriptor = (int)nothing.DangerousGetHandle();
        return host.Run(new FamilySpec { Stages = [new ProcessSpec(program, ["hello"])], Stdin = descriptor, Stdout = descriptor, Stderr = descriptor }, CancellationToken.None);
    }
}
