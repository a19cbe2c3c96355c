using System.Globalization;

namespace UniBench.Fuzz;

/// <summary>A kind of input on a machine; what a worker process tries for some time.</summary>
/// <param name="Kind">hypercalls, programs or results.</param>
/// <param name="Machine">kvm or sandbox; of results none.</param>
internal sealed record Part(string Kind, string Machine)
{
    public const string Hypercalls = "hypercalls";
    public const string Programs = "programs";
    public const string Results = "results";

    public override string ToString() => Machine.Length > 0 ? $"{Kind}, {Machine}" : Kind;

    /// <summary>The command that tries the input of that seed first.</summary>
    public string Repeat(ulong seed) => string.Create(
        CultureInfo.InvariantCulture, $"./run.sh fuzz --part {Kind}{(Machine.Length > 0 ? " --machine " + Machine : "")} --seed {seed} --seconds 10");
}
