using System.Globalization;
using System.Text.Json;
using UniBench.Workloads;

namespace UniBench.Backends;

/// <summary>What <see cref="AgentBackend"/> and <see cref="AgentServer"/> say to each other, a line of JSON each. Builds of different days talk here: members are added, never changed, and unknown ones are ignored.</summary>
internal static class AgentMessage
{
    /// <summary>What the server says first: how an UniBench is told from a program that prints something else.</summary>
    public const string Greeting = "unibench agent 1";

    /// <summary>A question. Without a launch: whether the backend can run there.</summary>
    internal sealed record Call(string Backend, Launch? Launch);

    /// <summary>A <see cref="LaunchRequest"/>, as far as it can leave a process.</summary>
    internal sealed record Launch
    {
        public required IReadOnlyList<ProcessSpec> Stages { get; init; }

        public IReadOnlyList<string> Environment { get; init; } = [];

        /// <summary>A file to open; null for none.</summary>
        public string? Stdin { get; init; }

        public long MemoryBytes { get; init; }

        public TimeSpan? Timeout { get; init; }

        public IReadOnlyList<int> Cpus { get; init; } = [];

        public IReadOnlyList<Mount> Mounts { get; init; } = [];

        public string WorkingDirectory { get; init; } = "/";

        public IReadOnlyList<FaultStep> Faults { get; init; } = [];

        public SpinPolicy Spin { get; init; }

        public static Launch Of(LaunchRequest request) => new()
        {
            Stages = request.Stages,
            Environment = request.Environment,
            Stdin = request.Stdin < 0 ? null : string.Create(CultureInfo.InvariantCulture, $"/proc/{System.Environment.ProcessId}/fd/{request.Stdin}"),
            MemoryBytes = request.MemoryBytes,
            Timeout = request.Timeout,
            Cpus = request.Cpus,
            Mounts = request.Mounts,
            WorkingDirectory = request.WorkingDirectory,
            Faults = request.Faults,
            Spin = request.Spin,
        };

        /// <param name="stdin">The opened file, or -1.</param>
        public LaunchRequest Request(int stdin) => new()
        {
            Stages = Stages,
            Environment = Environment,
            Stdin = stdin,
            MemoryBytes = MemoryBytes,
            Timeout = Timeout,
            Cpus = Cpus,
            Mounts = Mounts,
            WorkingDirectory = WorkingDirectory,
            Faults = Faults,
            Spin = Spin,
        };
    }

    /// <summary>One of the three is there; of a backend that can run there, none.</summary>
    /// <param name="Unavailable">Why it cannot run there.</param>
    /// <param name="Refused">Why the launch could not be made.</param>
    internal sealed record Answer(string? Unavailable = null, string? Advice = null, string? Refused = null, LaunchResult? Result = null);

    public static string Line<T>(T message) => JsonSerializer.Serialize(message);

    /// <exception cref="LaunchException">It is no such message.</exception>
    public static T Read<T>(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new LaunchException($"the other side said what this build of unibench does not understand ({e.Message}): {line[..Math.Min(line.Length, 200)]}", e);
        }
    }
}
