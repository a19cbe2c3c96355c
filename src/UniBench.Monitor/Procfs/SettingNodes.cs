using System.Globalization;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Files;
using UniBench.Monitor.Ipc;
using UniBench.Monitor.Processes;

namespace UniBench.Monitor.Procfs;

/// <summary>/proc/sys: what the family obeys, and what the host says of itself. Only limits of the family's own objects can be set.</summary>
internal static class SettingNodes
{
    private const uint Writable = 0x1a4;

    private static readonly NodeTable<ProcContext> Kernel = new(
    [
        .. OfHost("kernel", "arch", "cap_last_cap", "core_pattern", "core_uses_pid", "ngroups_max", "overflowgid", "overflowuid",
            "randomize_va_space", "sched_rr_timeslice_ms", "sched_rt_period_us", "sched_rt_runtime_us", "tainted", "hung_task_timeout_secs", "numa_balancing", "panic", "panic_on_oops", "print-fatal-signals", "printk", "dmesg_restrict", "kptr_restrict", "perf_event_paranoid"),
        ("domainname", c => HostName(c, () => c.Uname.Domain, isDomain: true)),
        ("hostname", c => HostName(c, () => c.Uname.Node, isDomain: false)),
        ("osrelease", c => new SpecialFile.Text(() => c.Uname.Release + "\n")),
        ("ostype", c => new SpecialFile.Text(() => c.Uname.System + "\n")),
        ("version", c => new SpecialFile.Text(() => c.Uname.Version + "\n")),
        ("msg_next_id", c => NextIdentifier(c, 2)),
        ("msgmax", c => Number(c, () => c.Limits.MessageBytes, v => c.Limits.MessageBytes = v, GuestLayout.BounceSize)),
        ("msgmnb", c => Number(c, () => c.Limits.QueueBytes, v => c.Limits.QueueBytes = v)),
        ("msgmni", c => Number(c, () => c.Limits.Queues, v => c.Limits.Queues = v, IpcTable.IndexLimit)),
        ("ns_last_pid", c => Value(() => c.Family.LastPid)),
        ("pid_max", _ => Value(() => ProcessTable.HighestPid + 1)),
        ("random", Open("random")),
        ("sem", Semaphores),
        ("sem_next_id", c => NextIdentifier(c, 1)),
        ("shm_next_id", c => NextIdentifier(c, 0)),
        ("shm_rmid_forced", _ => Value(() => 0)),
        ("shmall", c => Large(c, () => c.Limits.SegmentPages, v => c.Limits.SegmentPages = v)),
        ("shmmax", c => Large(c, () => c.Limits.SegmentBytes, v => c.Limits.SegmentBytes = v)),
        ("shmmni", c => Number(c, () => c.Limits.Segments, v => c.Limits.Segments = v, IpcTable.IndexLimit)),
        ("threads-max", c => Value(() => c.Family.Spec.MaxProcesses)),
    ]);

    private static readonly NodeTable<ProcContext> Files = new(
        ("epoll", Table(("max_user_watches", _ => HostNodes.Text("/proc/sys/fs/epoll/max_user_watches")))),
        ("file-max", c => Value(() => c.Family.Budget.MostFiles)),
        ("file-nr", c => new SpecialFile.Text(() => string.Create(CultureInfo.InvariantCulture, $"{c.Family.Budget.UsedFiles}\t0\t{c.Family.Budget.MostFiles}\n"))),
        ("inotify", Open("inotify")),
        ("lease-break-time", _ => HostNodes.Text("/proc/sys/fs/lease-break-time")),
        ("dentry-state", _ => HostNodes.Text("/proc/sys/fs/dentry-state")),
        ("inode-nr", _ => HostNodes.Text("/proc/sys/fs/inode-nr")),
        ("inode-state", _ => HostNodes.Text("/proc/sys/fs/inode-state")),
        ("leases-enable", _ => HostNodes.Text("/proc/sys/fs/leases-enable")),
        ("mqueue", Table(
            ("msg_default", _ => Value(() => 10)),
            ("msg_max", _ => Value(() => 10)),
            ("msgsize_default", _ => Value(() => 8192)),
            ("msgsize_max", _ => Value(() => 8192)),
            ("queues_max", _ => Value(() => PosixQueues.Most)))),
        ("nr_open", _ => Value(() => GuestLayout.Descriptors)),
        ("overflowgid", _ => HostNodes.Text("/proc/sys/fs/overflowgid")),
        ("overflowuid", _ => HostNodes.Text("/proc/sys/fs/overflowuid")),
        ("pipe-max-size", _ => Value(() => GuestLayout.RingCapacityMax)),
        ("pipe-user-pages-hard", _ => Value(() => 0)), // pipes are limited by their number
        ("pipe-user-pages-soft", _ => Value(() => 0)),
        ("protected_fifos", _ => HostNodes.Text("/proc/sys/fs/protected_fifos")),
        ("protected_hardlinks", _ => HostNodes.Text("/proc/sys/fs/protected_hardlinks")),
        ("protected_regular", _ => HostNodes.Text("/proc/sys/fs/protected_regular")),
        ("protected_symlinks", _ => HostNodes.Text("/proc/sys/fs/protected_symlinks")),
        ("suid_dumpable", _ => HostNodes.Text("/proc/sys/fs/suid_dumpable")));

    private static readonly NodeTable<ProcContext> Memory = new(
    [
        .. OfHost("vm", "dirty_background_ratio", "dirty_ratio", "hugetlb_shm_group", "legacy_va_layout", "min_free_kbytes", "mmap_min_addr", "oom_kill_allocating_task", "page-cluster", "stat_interval", "nr_hugepages", "nr_overcommit_hugepages", "overcommit_kbytes", "overcommit_memory",
            "overcommit_ratio", "panic_on_oom", "swappiness", "vfs_cache_pressure", "zone_reclaim_mode"),
        ("max_map_count", _ => Value(() => GuestLayout.Areas)),
    ]);

    private static readonly NodeTable<ProcContext> Random = new([.. OfHost("kernel/random", "boot_id", "entropy_avail", "poolsize", "urandom_min_reseed_secs", "uuid", "write_wakeup_threshold")]);

    private static readonly NodeTable<ProcContext> Inotify = new([.. OfHost("fs/inotify", "max_queued_events", "max_user_instances", "max_user_watches")]);

    private static readonly string[] NamespaceKinds = ["cgroup", "ipc", "mnt", "net", "pid", "time", "user", "uts"];

    private static readonly NodeTable<ProcContext> Root = new(
        ("fs", c => Files.Open(c)),
        ("kernel", c => Kernel.Open(c)),
        ("user", Table(NamespaceKinds.Select(kind => ($"max_{kind}_namespaces", (Func<ProcContext, SpecialFile?>)(_ => Value(() => 0)))).ToArray())),
        ("vm", c => Memory.Open(c)));

    public static SpecialFile Open(ProcContext context) => Root.Open(context);

    private static Func<ProcContext, SpecialFile?> Open(string name) => c => (name == "random" ? Random : Inotify).Open(c);

    private static Func<ProcContext, SpecialFile?> Table(params (string Name, Func<ProcContext, SpecialFile?> Make)[] entries)
    {
        NodeTable<ProcContext> table = new(entries);
        return c => table.Open(c);
    }

    private static IEnumerable<(string Name, Func<ProcContext, SpecialFile?> Make)> OfHost(string directory, params string[] names) =>
        names.Select(name => (name, (Func<ProcContext, SpecialFile?>)(_ => HostNodes.Text($"/proc/sys/{directory}/{name}"))));

    private static SpecialFile.Text Value(Func<long> value) => new SpecialFile.Text(() => Line(value()));

    private static SpecialFile.Text Number(ProcContext context, Func<int> value, Action<int> set, int most = int.MaxValue) => Large(context, () => value(), v => set((int)v), most);

    private static SpecialFile.Text Large(ProcContext context, Func<long> value, Action<long> set, long most = long.MaxValue) =>
        Settable(context, () => Line(value()), text => Numbers(text) is [var wanted] && wanted >= 0 && wanted <= most ? Do(() => set(wanted)) : Errno.EINVAL);

    private static SpecialFile.Text NextIdentifier(ProcContext context, int kind) => Settable(
        context,
        () => Line(context.Limits.NextIdentifiers[kind]),
        text => Numbers(text) is [var wanted and >= 0 and <= int.MaxValue] ? Do(() => context.Limits.NextIdentifiers[kind] = (int)wanted) : Errno.EINVAL);

    private static SpecialFile.Text Semaphores(ProcContext context)
    {
        IpcLimits limits = context.Limits;
        return Settable(
            context,
            () => string.Create(CultureInfo.InvariantCulture, $"{limits.SemaphoresOfSet}\t{limits.Semaphores}\t{limits.Operations}\t{limits.Sets}\n"),
            text => Numbers(text) is { Count: >= 1 and <= 4 } wanted && wanted.All(v => v is >= 0 and <= int.MaxValue) && (wanted.Count < 4 || wanted[3] <= IpcTable.IndexLimit)
                ? Do(() =>
                {
                    int[] values = [limits.SemaphoresOfSet, limits.Semaphores, limits.Operations, limits.Sets];
                    for (int i = 0; i < wanted.Count; i++)
                    {
                        values[i] = (int)wanted[i];
                    }

                    (limits.SemaphoresOfSet, limits.Semaphores, limits.Operations, limits.Sets) = (values[0], values[1], values[2], values[3]);
                })
                : Errno.EINVAL);
    }

    private static SpecialFile.Text HostName(ProcContext context, Func<string> name, bool isDomain) => Settable(context, () => name() + "\n", text =>
    {
        string wanted = text.TrimEnd('\n');
        return wanted.Length < GuestLayout.NameBytes ? Do(() => context.Family.Rename(isDomain, PathText.Bytes(wanted))) : Errno.EINVAL;
    });

    private static SpecialFile.Text Settable(ProcContext context, Func<string> text, Func<string, int> set) =>
        new(text) { Mode = Writable, Write = written => context.MaySet ? set(written) : Errno.EPERM };

    private static int Do(Action action)
    {
        action();
        return 0;
    }

    /// <summary>Numbers between white space; empty where there is something else.</summary>
    private static List<long> Numbers(string text)
    {
        List<long> numbers = [];
        foreach (string word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
            {
                return [];
            }

            numbers.Add(number);
        }

        return numbers;
    }

    private static string Line(long value) => value.ToString(CultureInfo.InvariantCulture) + "\n";
}
