using Microsoft.Win32.SafeHandles;
using UniBench.Host;
using UniBench.Workloads;

namespace UniBench.Backends;

/// <summary>Descriptors 0, 1 and 2 of a launch: the caller's, /dev/null, or captured.</summary>
internal sealed class StandardStreams : IDisposable
{
    private static readonly TimeSpan AfterKill = TimeSpan.FromSeconds(1);
    private readonly SafeFileHandle? nothing;
    private readonly Capture output, errors;

    public StandardStreams(LaunchRequest request)
    {
        nothing = request.Stdin < 0 ? File.OpenHandle("/dev/null") : null;
        Stdin = nothing is null ? request.Stdin : HostPipe.Number(nothing);
        output = new Capture(request.Stdout);
        errors = new Capture(request.Stderr);
    }

    public int Stdin { get; }

    /// <summary>Whether the workload reads from the terminal, which only the foreground process group may.</summary>
    public bool ReadsTerminal => Stdin == 0 && !Console.IsInputRedirected;

    public int Stdout => output.Descriptor;

    public int Stderr => errors.Descriptor;

    /// <summary>After the workload's end: what was captured.</summary>
    public (byte[] Stdout, byte[] Stderr) Finish(FamilyOutcome outcome)
    {
        TimeSpan patience = outcome == FamilyOutcome.Completed ? Timeout.InfiniteTimeSpan : AfterKill;
        return (output.Finish(patience), errors.Finish(patience));
    }

    public void Dispose()
    {
        nothing?.Dispose();
        output.Dispose();
        errors.Dispose();
    }
}
