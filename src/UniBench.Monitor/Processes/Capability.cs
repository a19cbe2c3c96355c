using UniBench.Host;

namespace UniBench.Monitor.Processes;

/// <summary>Capabilities by Linux's numbers: those that the monitor asks for.</summary>
internal static class Capability
{
    public const int OverridePermissions = 1, OwnFiles = 3, Kill = 5, SetGid = 6, SetUid = 7, SetPcap = 8, BindPort = 10, IpcLock = 14, IpcOwner = 15, ChangeRoot = 18, SysPtrace = 19, SysAdmin = 21, SysNice = 23, SysResource = 24, Lease = 28;

    /// <summary>The last one that there is.</summary>
    public const int Last = 40;

    /// <summary>Bits of all that there are.</summary>
    public const ulong All = (1UL << (Last + 1)) - 1;

    /// <summary>Those that come and go with the file user: <see cref="HostIdentity.FileCapabilities"/>.</summary>
    public const ulong OfFiles = HostIdentity.FileCapabilities;

    public static bool Exists(long number) => number is >= 0 and <= Last;
}
