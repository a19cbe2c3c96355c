using System.Collections;
using UniBench.Backends;
using UniBench.Workloads;

namespace UniBench.Workbench.Running;

/// <summary>Shell commands of the host around launches: they see the caller's directory and environment, and what they print is dropped.</summary>
internal static class HostCommand
{
    /// <returns>Why it failed, with what it wrote to stderr; null when it did not.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled, and killed.</exception>
    public static string? Run(string command, CancellationToken cancellation)
    {
        using ProcessBackend linux = new();
        LaunchRequest request = new()
        {
            Stages = [new ProcessSpec("/bin/sh", ["sh", "-c", command])],
            Environment = [.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(v => $"{v.Key}={v.Value}")],
            WorkingDirectory = Directory.GetCurrentDirectory(),
        };
        LaunchResult result = linux.Launch(request, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return result.Stages[0].IsSuccess ? null : $"'{command}': {result.Stages[0]}{LaunchVerdict.Errors(result)}";
    }
}
