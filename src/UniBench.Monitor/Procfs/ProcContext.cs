using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;
using UniBench.Monitor.Files;
using UniBench.Monitor.Processes;

namespace UniBench.Monitor.Procfs;

/// <summary>Who looks at /proc.</summary>
internal sealed record ProcContext(Family Family, GuestProcess Self)
{
    /// <summary>Whether files that are root's alone to write may be written to.</summary>
    public bool MaySet => Self.Credentials.Has(Capability.SysResource);

    public Ipc.IpcLimits Limits => Family.IpcLimits;

    /// <summary>What uname(2) says.</summary>
    public (string System, string Node, string Release, string Version, string Domain) Uname
    {
        get
        {
            ref SystemPage page = ref Family.Host.Shared.System;
            return (Text(page.Sysname), Text(page.Nodename), Text(page.Release), Text(page.Version), Text(page.Domainname));
        }
    }

    private static string Text(ReadOnlySpan<byte> name) => PathText.Of(name[..Math.Max(0, name.IndexOf((byte)0))]);

    public bool MayInspect(ProcessView of) =>
        of.Pid == Self.Pid || (of.Living is not null && Self.Credentials.MayInspect(of.Credentials));
}
