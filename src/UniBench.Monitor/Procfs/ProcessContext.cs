using UniBench.Monitor.Families;
using UniBench.Monitor.Files;

namespace UniBench.Monitor.Procfs;

/// <summary>A process in /proc, as somebody looks at it.</summary>
internal sealed record ProcessContext(ProcContext Looker, ProcessView Process)
{
    public Family Family => Looker.Family;

    public bool MayInspect => Looker.MayInspect(Process);

    public bool MayAttach => Process.Pid == Looker.Self.Pid || (Process.Living is not null && Looker.Self.Credentials.MayAttach(Process.Credentials));

    /// <summary>A text about the process as it is when the file is read; empty once it has ended.</summary>
    public SpecialFile Text(Func<ProcessView, string> content, uint mode = 0x124, Func<string, int>? write = null) => Owned(
        new SpecialFile.Text(() => Family.Describe(Process.Pid) is { } now ? content(now) : string.Empty) { Mode = mode, Write = write });

    /// <summary>The same of what only those who may look into it see; it opens for nobody else.</summary>
    public SpecialFile Secret(Func<ProcessView, string> content, uint mode = 0x100) =>
        Owned(new SpecialFile.Text(() => Family.Describe(Process.Pid) is { } now ? content(now) : string.Empty) { Mode = mode, IsRefused = !MayInspect });

    /// <summary>The user whose rights it has; root where it lets nobody look into it.</summary>
    public (uint User, uint Group) OwnerOfFiles =>
        Process.Credentials.Dumpable == 1 ? (Process.Credentials.Users.Effective, Process.Credentials.Groups.Effective) : default;

    public SpecialFile Owned(SpecialFile file) => file with { Owner = OwnerOfFiles };
}
