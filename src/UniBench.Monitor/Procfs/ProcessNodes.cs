using System.Globalization;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;
using UniBench.Monitor.Files;
using UniBench.Monitor.Processes;

namespace UniBench.Monitor.Procfs;

/// <summary>/proc/PID, and /proc/PID/task/TID of its only thread.</summary>
internal static class ProcessNodes
{
    private const uint OwnersReadable = 0x100, Writable = 0x1a4, Everybodys = 0x1b6;
    private const int NoSession = -1;
    private static readonly string[] Attributes = ["current", "exec", "fscreate", "keycreate", "prev", "sockcreate"];

    private static readonly NodeTable<ProcessContext> OfThread = new(
        ("attr", SecurityAttributes),
        ("auxv", c => c.Secret(p => PathText.Of(c.Family.With(p, g => g.Inspection.AuxiliaryVector()) ?? []))),
        ("cgroup", c => c.Text(_ => "0::/\n")),
        ("coredump_filter", c => c.Text(p => CoreFilter(c, p).ToString("x8", CultureInfo.InvariantCulture) + "\n", Writable, text => SetCoreFilter(c, text))),
        ("cpuset", c => c.Text(_ => "/\n")),
        ("cmdline", c => c.Text(p => PathText.Of(c.Family.With(p, g => g.Inspection.CommandLine()) ?? []))),
        ("comm", c => c.Text(p => p.Name + "\n", Writable, text => Rename(c, text))),
        ("cwd", c => OfLiving(c, g => new SpecialFile.Link(g.Paths.WorkingDirectory))),
        ("environ", c => c.Secret(p => PathText.Of(c.Family.With(p, g => g.Inspection.EnvironmentText()) ?? []))),
        ("exe", c => OfLiving(c, g => g.IsFirstProgram ? new SpecialFile.Program(g.ProgramPath) : new SpecialFile.Link(PathText.OfHost(g.ProgramPath)))),
        ("fd", DescriptorNodes.Links),
        ("fdinfo", DescriptorNodes.Informations),
        ("gid_map", c => c.Text(_ => IdMap, Writable, _ => Errno.EPERM)),
        ("io", c => c.Secret(ProcessTexts.InputOutput)),
        ("limits", c => c.Text(p => LimitsText.Of(c.Family.With(p, g => g.Inspection.Limits()) ?? []))),
        ("loginuid", c => c.Text(_ => Unset, Writable, _ => Errno.EPERM)),
        ("map_files", MappedFiles),
        ("maps", c => c.Secret(p => Areas(c, p, MapsText.Maps), 0x124)),
        ("mem", MemoryOf),
        ("mountinfo", c => c.Text(_ => c.Family.MountTable.Information())),
        ("mounts", c => c.Text(_ => c.Family.MountTable.Mounts())),
        ("mountstats", c => c.Text(_ => c.Family.MountTable.Statistics(), 0x100)),
        ("net", NetNodes.Open),
        ("ns", NamespaceNodes.Open),
        ("oom_adj", c => c.Text(p => Line(OomAdjust(c, p) * 17 / 1000), Writable, text => SetOomAdjust(c, text, -17, 15, v => v == 15 ? 1000 : v * 1000 / 17))),
        ("oom_score", c => c.Text(p => Line(Math.Max(0, 666 + (OomAdjust(c, p) * 2 / 3))))),
        ("oom_score_adj", c => c.Text(p => Line(OomAdjust(c, p)), Writable, text => SetOomAdjust(c, text, -1000, 1000, v => v))),
        ("pagemap", PageMap),
        ("personality", c => c.Secret(p => p.Control.Personality.ToString("x8", CultureInfo.InvariantCulture) + "\n")),
        ("projid_map", c => c.Text(_ => IdMap, Writable, _ => Errno.EPERM)),
        ("root", c => OfLiving(c, g => new SpecialFile.Link(g.Paths.Root))),
        ("sessionid", c => c.Text(_ => Unset)),
        ("setgroups", c => c.Text(_ => "allow\n", Writable, _ => Errno.EPERM)),
        ("sched", c => c.Text(ProcessTexts.Scheduler)),
        ("schedstat", c => c.Text(ProcessTexts.Scheduling)),
        ("smaps", c => c.Secret(p => Areas(c, p, MapsText.Details), 0x124)),
        ("smaps_rollup", c => c.Secret(p => Areas(c, p, MapsText.Rollup), 0x124)),
        ("stack", c => Privileged(c.Text(_ => string.Empty, OwnersReadable), c)),
        ("stat", c => c.Text(p => StatText.Of(p, c.Family.With(p, AddressSpace.Capture), c.Family.With(p, g => g.Inspection.Strings), c.MayInspect))),
        ("statm", c => c.Text(p => ProcessTexts.Memory(c.Family.With(p, AddressSpace.Capture)))),
        ("status", c => c.Text(p => StatusText.Of(p, c.Family.With(p, AddressSpace.Capture), c.Family.HostCpus))),
        ("timens_offsets", c => c.Text(_ => "monotonic           0         0\nboottime            0         0\n", Writable, _ => Errno.EPERM)),
        ("timerslack_ns", c => c.Text(p => Line((long)p.Control.TimerSlack), Everybodys, text => SetTimerSlack(c, text))),
        ("uid_map", c => c.Text(_ => IdMap, Writable, _ => Errno.EPERM)),
        ("wchan", c => c.Text(_ => "0")));

    /// <summary>What a security module of the kernel would say of the process, where the host's has a place for that: there is none here.</summary>
    private static SpecialFile? SecurityAttributes(ProcessContext context) => context.Process.Living is null || !Directory.Exists("/proc/self/attr") ? null : context.Owned(new SpecialFile.Directory(
        () => Attributes,
        name => Attributes.Contains(name) ? context.Owned(new SpecialFile.Text(null) { Mode = name == "prev" ? 0x124 : Everybodys }) : null)
    { Mode = 0x16d });

    private static string IdMap => "         0          0 4294967295\n";

    private static string Unset => unchecked((uint)NoSession).ToString(CultureInfo.InvariantCulture);

    public static SpecialFile Open(ProcessContext context) => context.Owned(new SpecialFile.Directory(
        () => OfThread.Names(context).Append("task"),
        name => name == "task" ? Tasks(context) : OfThread.Find(context, name))
    { Mode = 0x16d });

    private static SpecialFile Tasks(ProcessContext context)
    {
        string thread = ProcNodes.Number(context.Process.Pid);
        return context.Owned(new SpecialFile.Directory(() => [thread], name => name == thread ? context.Owned(Thread(context)) : null) { Mode = 0x16d });
    }

    private static SpecialFile.Directory Thread(ProcessContext context) => new(
        () => OfThread.Names(context).Append("children"),
        name => name == "children" ? context.Text(p => string.Concat(context.Family.ChildrenOf(p.Pid).Select(pid => ProcNodes.Number(pid) + " "))) : OfThread.Find(context, name))
    { Mode = 0x16d };

    /// <summary>A link of a process that has not ended, which those may follow who may look into it.</summary>
    private static SpecialFile? OfLiving(ProcessContext context, Func<GuestProcess, SpecialFile> make) =>
        context.Process.Living is { } living ? make(living) with { Owner = context.OwnerOfFiles, IsRefused = !context.MayInspect } : null;

    private static string Areas(ProcessContext context, ProcessView process, Func<AddressSpace, string> text) =>
        context.Family.With(process, AddressSpace.Capture) is { } space ? text(space) : string.Empty;

    private static string Line(long value) => value.ToString(CultureInfo.InvariantCulture) + "\n";

    /// <summary>No process has a stack in a kernel, and who may not look is told so.</summary>
    private static SpecialFile Privileged(SpecialFile file, ProcessContext context) => file with { IsRefused = !context.Looker.Self.Credentials.Has(Capability.SysAdmin) };

    /// <summary>A link for every file that is mapped, named after the addresses.</summary>
    private static SpecialFile? MappedFiles(ProcessContext context) => context.Process.Living is null ? null : context.Owned(new SpecialFile.Directory(
        () => FilesIn(context).Select(NameOf),
        name => FilesIn(context).Where(a => NameOf(a) == name).Select(a => context.Owned(new SpecialFile.Link(a.Name))).FirstOrDefault())
    { Mode = 0x140, IsRefused = !context.MayInspect });

    private static IEnumerable<AreaView> FilesIn(ProcessContext context) =>
        context.Family.With(context.Process, AddressSpace.Capture)?.Areas.Where(a => a.Inode != 0 && a.Name.StartsWith('/')) ?? [];

    private static string NameOf(AreaView area) => string.Create(CultureInfo.InvariantCulture, $"{area.Start:x}-{area.End:x}");

    private static uint CoreFilter(ProcessContext context, ProcessView process) => context.Family.With(process, g => g.Entry.CoreFilter);

    /// <summary>What a core would hold; none is written.</summary>
    private static int SetCoreFilter(ProcessContext context, string text)
    {
        string digits = text.Trim();
        bool hex = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (!uint.TryParse(hex ? digits[2..] : digits, hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out uint value))
        {
            return Errno.EINVAL;
        }

        return context.Family.With(context.Process, g =>
        {
            g.Entry.CoreFilter = value & ProcessEntry.CoreFilterBits;
            return 0;
        });
    }

    /// <summary>Its threads may name it, nobody else.</summary>
    private static int Rename(ProcessContext context, string text)
    {
        if (context.Process.Pid != context.Looker.Self.Pid)
        {
            return Errno.EINVAL;
        }

        int end = text.IndexOf('\0', StringComparison.Ordinal);
        context.Looker.Self.Inspection.SetName(end < 0 ? text : text[..end]);
        return 0;
    }

    private static SpecialFile? PageMap(ProcessContext context) => context.Process.Living is null ? null : context.Owned(new SpecialFile.Window((offset, to) =>
    {
        byte[] bytes = new byte[to.Length];
        int read = context.Family.With(context.Process, g => new PageMapView(g.Vm).Read(offset, bytes));
        bytes.AsSpan(0, Math.Max(0, read)).CopyTo(to);
        return read;
    })
    { Mode = OwnersReadable, IsRefused = !context.MayInspect });

    /// <summary>What lies at addresses of the process; nobody writes there.</summary>
    private static SpecialFile? MemoryOf(ProcessContext context) => context.Process.Living is null ? null : context.Owned(new SpecialFile.Window((offset, to) =>
    {
        byte[] bytes = new byte[to.Length];
        int read = context.Family.With(context.Process, g => AddressSpace.Read(g, (ulong)offset, bytes));
        bytes.AsSpan(0, Math.Max(0, read)).CopyTo(to);
        return read;
    })
    { Mode = OwnersReadable, IsRefused = !context.MayAttach });

    private static int OomAdjust(ProcessContext context, ProcessView process) => context.Family.With(process, g => g.Entry.OomAdjust);

    private static int SetOomAdjust(ProcessContext context, string text, int least, int most, Func<int, int> score)
    {
        if (!int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) || value < least || value > most)
        {
            return Errno.EINVAL;
        }

        int wanted = score(value);
        return context.Family.With(context.Process, g =>
        {
            if (wanted < g.Entry.OomAdjustLeast && !context.Looker.Self.Credentials.Has(Capability.SysResource))
            {
                return Errno.EACCES;
            }

            (g.Entry.OomAdjust, g.Entry.OomAdjustLeast) = (wanted, Math.Min(wanted, g.Entry.OomAdjustLeast));
            return 0;
        });
    }

    private static int SetTimerSlack(ProcessContext context, string text)
    {
        if (!ulong.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out ulong value))
        {
            return Errno.EINVAL;
        }

        if (!context.MayInspect)
        {
            return Errno.EPERM;
        }

        return context.Family.With(context.Process, g =>
        {
            ref ControlPage control = ref g.Vm.Control;
            control.TimerSlack = value == 0 ? control.DefaultTimerSlack : value;
            return 0;
        });
    }
}
