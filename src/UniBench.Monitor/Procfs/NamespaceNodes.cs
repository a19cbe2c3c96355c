using UniBench.Host;
using UniBench.Monitor.Files;

namespace UniBench.Monitor.Procfs;

/// <summary>/proc/PID/ns: the namespaces that all of the family is in, which are those of who runs UniBench. The links tell, and lead nowhere.</summary>
internal static class NamespaceNodes
{
    private static readonly string[] Kinds = ["cgroup", "ipc", "mnt", "net", "pid", "pid_for_children", "time", "time_for_children", "user", "uts"];

    private static readonly NodeTable<ProcessContext> Table = new([.. Kinds.Select(k => (k, (Func<ProcessContext, SpecialFile?>)(c => Link(c, k))))]);

    public static SpecialFile? Open(ProcessContext context) => context.Process.IsZombie ? null : context.Owned(Table.Open(context)) with { IsRefused = !context.MayInspect };

    private static SpecialFile? Link(ProcessContext context, string kind) =>
        HostIo.LinkOf("/proc/self/ns/" + kind) is { Length: > 0 } target ? context.Owned(new SpecialFile.Link(PathText.Of(target))) : null;
}
