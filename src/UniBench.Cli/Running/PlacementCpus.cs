using UniBench.Cli.Scripting;
using UniBench.Kvm;

namespace UniBench.Cli.Running;

/// <summary>Turns a placement into CPUs of this machine, out of those this process may use.</summary>
internal static class PlacementCpus
{
    /// <param name="reason">Why the placement is impossible here; null when it is not.</param>
    /// <returns>CPUs to pin to; empty for no pinning.</returns>
    public static IReadOnlyList<int> Of(Placement placement, out string? reason)
    {
        int[] allowed = [.. HostThread.GetAffinity().Cpus];
        reason = placement == Placement.Cross && allowed.Length < 2 ? "placement cross needs two CPUs, this process may use one" : null;
        return placement switch
        {
            Placement.Same => [allowed[^1]], // CPU 0 takes most interrupts
            Placement.Cross when allowed.Length >= 2 => [allowed[^2], allowed[^1]],
            _ => [],
        };
    }
}
