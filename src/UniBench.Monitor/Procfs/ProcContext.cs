using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;
using UniBench.Monitor.Files;

namespace UniBench.Monitor.Procfs;

/// <summary>Who looks at /proc.</summary>
internal sealed record ProcContext(Family Family, GuestProcess Self)
{
    /// <summary>Whether files that are root's alone to write may be written to.</summary>
    public bool MaySet => Self.Credentials.Users.Effective == 0;

    public Ipc.IpcLimits Limits => Family.IpcLimits;

    /// <summary>What uname(2) says.</summary>
    public (string System, string Node, string Release, string Version, string Domain) Uname
    {
        get
        {
            ref SystemPage page = ref Family.Host.Shared.System;
            (byte[] host, byte[] domain) = Family.Names;
            return (Text(page.Sysname), PathText.Of(host), Text(page.Release), Text(page.Version), PathText.Of(domain));
        }
    }

    private static string Text(ReadOnlySpan<byte> name) => PathText.Of(name[..Math.Max(0, name.IndexOf((byte)0))]);

    public bool MayInspect(ProcessView of) =>
        of.Pid == Self.Pid || (of.Living is not null && Self.Credentials.MayInspect(of.Credentials));
}
