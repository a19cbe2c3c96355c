using UniBench.Host;
using UniBench.Monitor.Abi;

namespace UniBench.Monitor.Machines;

/// <summary>struct ub_family: memory that all processes of one family write, where machines are processes of the host. It also stands for the family: machines compare it.</summary>
/// <param name="memory">Null where machines have no use for it.</param>
internal sealed class FamilyPage(HostMapping? memory) : IDisposable
{
    public HostMapping? Memory { get; } = memory;

    /// <summary>So many that slept without the monitor were woken, or are gone: they do not count as asleep any more.</summary>
    public void CountWoken(int sleepers)
    {
        if (sleepers > 0 && Memory is not null)
        {
            Interlocked.Add(ref Memory.Range.At<FamilyWords>(0).Asleep, -sleepers);
        }
    }

    public void Dispose() => Memory?.Dispose();
}
