namespace UniBench.Host;

/// <summary>Keeps the calling thread on one CPU until it is disposed of on the same thread.</summary>
internal readonly struct CpuPin : IDisposable
{
    private readonly CpuMask? before;

    /// <param name="cpu">Null pins nothing. So does a CPU that this process may not use: its thread then stays where it may be.</param>
    public CpuPin(int? cpu)
    {
        if (cpu is { } one)
        {
            CpuMask allowed = HostThread.GetAffinity();
            if (HostThread.TrySetAffinity(0, CpuMask.Only(one)))
            {
                before = allowed;
            }
        }
    }

    public void Dispose()
    {
        if (before is not null)
        {
            HostThread.SetAffinity(before);
        }
    }
}
