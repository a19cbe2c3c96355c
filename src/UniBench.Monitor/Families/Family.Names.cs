namespace UniBench.Monitor.Families;

/// <summary>What uname(2) says of the family, where it has named itself.</summary>
internal sealed partial class Family
{
    private byte[]? hostName, domainName; // null: the host's

    /// <summary>It has a name of its own, so that library OSes ask.</summary>
    public bool IsRenamed => hostName is not null || domainName is not null;

    /// <summary>nodename and domainname.</summary>
    public (byte[] Host, byte[] Domain) Names
    {
        get
        {
            lock (gate)
            {
                return (hostName ?? Name(Host.Shared.System.Nodename), domainName ?? Name(Host.Shared.System.Domainname));
            }
        }
    }

    /// <summary>From now on for all its processes.</summary>
    public void Rename(bool isDomain, byte[] name)
    {
        lock (gate)
        {
            (hostName, domainName) = isDomain ? (hostName, name) : (name, domainName);
            foreach (GuestProcess process in processes.Values)
            {
                process.Vm.Control.Renamed = 1;
            }
        }
    }

    private static byte[] Name(ReadOnlySpan<byte> text) => text[..Math.Max(0, text.IndexOf((byte)0))].ToArray();
}
