using UniBench.Backends;
using UniBench.Workbench.Scripting;

namespace UniBench.Workbench.Running;

/// <summary>Turns a placement into CPUs of this machine, out of those this process may use.</summary>
internal static class PlacementCpus
{
    /// <param name="reason">Why the placement is impossible here; null when it is not.</param>
    /// <returns>CPUs to pin to; empty for no pinning.</returns>
    public static IReadOnlyList<int> Of(Placement placement, out string? reason)
    {
        CpuTopology topology = CpuTopology.Current;
        reason = placement == Placement.Cross && topology.Two is null ? "placement cross needs two CPUs, this process may use one" : null;
        return placement switch
        {
            Placement.Same => [topology.One],
            Placement.Cross => topology.Two ?? [],
            _ => [],
        };
    }
}
