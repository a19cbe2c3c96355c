using System.Globalization;
using UniBench.Backends;

namespace UniBench.Cli.Host;

/// <summary>What our engine costs on one of its platforms.</summary>
internal static class EngineChecks
{
    /// <summary>An exit, a hypercall and a system call; nothing where the engine cannot run.</summary>
    public static IEnumerable<HostCheck> Of(EngineBackend backend)
    {
        if (backend.MeasureCosts() is not { } costs)
        {
            yield break; // the list of backends says why
        }

        yield return new HostCheck("exit", Verdict.Neutral, Microseconds(costs.ExitNs) + " from guest to monitor and back");
        yield return new HostCheck("hypercall", Verdict.Neutral, Microseconds(costs.HypercallNs) + " for a system call that the monitor serves");
        yield return new HostCheck("system call", Verdict.Neutral, string.Create(CultureInfo.InvariantCulture, $"{costs.SystemCallNs:0.0} ns for one that the library OS serves"));

        yield return new HostCheck("filter", Verdict.Neutral, string.Create(CultureInfo.InvariantCulture, $"threads that serve guests may make {EngineBackend.ThreadCalls} system calls of the host (seccomp)"));

        static string Microseconds(double ns) => string.Create(CultureInfo.InvariantCulture, $"{ns / 1000:0.0} us");
    }
}
