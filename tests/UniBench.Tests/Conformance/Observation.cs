using UniBench.Workloads;

namespace UniBench.Tests.Conformance;

/// <summary>What one run of a program showed.</summary>
internal sealed record Observation(byte[] Stdout, ExitStatus Status, string Stderr)
{
    /// <summary>Whether stdout and status agree; stderr is for the reader of a failure only.</summary>
    public bool Agrees(Observation other) => Status == other.Status && Stdout.AsSpan().SequenceEqual(other.Stdout);

    public override string ToString() =>
        $"{Status}\n--- stdout ---\n{System.Text.Encoding.UTF8.GetString(Stdout)}--- stderr ---\n{Stderr}";
}
