using System.Globalization;
using System.Text;
using UniBench.Monitor.Files;
using UniBench.Monitor.Processes;
using UniBench.Workloads;

namespace UniBench.Monitor.Families;

/// <summary>/dev and /proc as one process sees them: the basics that ordinary programs look at, and nothing of the host's processes.</summary>
internal sealed class ProcessFiles(Family family, GuestProcess self) : ISpecialFiles
{
    private static readonly string[] Devices = ["null", "zero", "full", "random", "urandom"];
    private static readonly string[] Machine = ["cpuinfo", "meminfo", "stat", "uptime", "loadavg", "version", "filesystems"];
    private static readonly string[] Settings =
    [
        "sys/kernel/osrelease", "sys/kernel/ostype", "sys/kernel/pid_max", "sys/kernel/ngroups_max", "sys/kernel/random/uuid", "sys/kernel/random/boot_id",
        "sys/fs/pipe-max-size", "sys/fs/file-max", "sys/vm/overcommit_memory", "sys/vm/max_map_count",
    ];

    private static readonly string[] OfProcess = ["cmdline", "comm", "cwd", "environ", "exe", "fd", "maps", "mountinfo", "mounts", "root", "stat", "statm", "status"];

    public bool Owns(string path) => path is "/dev" or "/proc" || path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal);

    public SpecialFile? Find(string path)
    {
        if (path == "/dev" || path.StartsWith("/dev/", StringComparison.Ordinal))
        {
            return FindDevice(path.Length > 5 ? path[5..] : string.Empty);
        }

        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 1)
        {
            return new SpecialFile.Directory([.. Machine, "self", "thread-self", "mounts", "sys", .. family.Pids().Select(Number)]);
        }

        string rest = string.Join('/', parts[1..]);
        if (Machine.Contains(rest) || Settings.Contains(rest))
        {
            return new SpecialFile.HostText("/proc/" + rest);
        }

        if (Settings.Any(s => s.StartsWith(rest + "/", StringComparison.Ordinal)))
        {
            return new SpecialFile.Directory([.. Settings.Where(s => s.StartsWith(rest + "/", StringComparison.Ordinal)).Select(s => s[(rest.Length + 1)..].Split('/')[0]).Distinct()]);
        }

        return rest switch
        {
            "self" => new SpecialFile.Link(Number(self.Pid)),
            "thread-self" => new SpecialFile.Link($"{Number(self.Pid)}/task/{Number(self.Pid)}"),
            "mounts" => new SpecialFile.Link("self/mounts"),
            _ => int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int pid) && family.Describe(pid) is { } process
                ? FindOfProcess(process, parts[2..])
                : null,
        };
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private SpecialFile? FindDevice(string name) => name switch
    {
        "" => new SpecialFile.Directory([.. Devices, "fd", "stdin", "stdout", "stderr", "tty", "shm"]),
        "fd" => new SpecialFile.Link("/proc/self/fd"),
        "stdin" => new SpecialFile.Link("/proc/self/fd/0"),
        "stdout" => new SpecialFile.Link("/proc/self/fd/1"),
        "stderr" => new SpecialFile.Link("/proc/self/fd/2"),
        "tty" => new SpecialFile.Terminal("/dev/tty"),
        _ when Devices.Contains(name) => new SpecialFile.Device("/dev/" + name),
        _ when family.TerminalName is { } terminal && terminal == "/dev/" + name => new SpecialFile.Terminal(terminal),
        _ => null,
    };

    private SpecialFile? FindOfProcess(ProcessView process, string[] path)
    {
        if (path.Length == 0)
        {
            return new SpecialFile.Directory([.. OfProcess, "task"]);
        }

        if (path is ["task"])
        {
            return new SpecialFile.Directory([Number(process.Pid)]);
        }

        if (path.Length >= 2 && path[0] == "task")
        {
            string[] ofThread = path[2..]; // which has no threads of its own
            return path[1] != Number(process.Pid) || ofThread is ["task", ..] ? null
                : ofThread.Length == 0 ? new SpecialFile.Directory(OfProcess)
                : FindOfProcess(process, ofThread);
        }

        return path switch
        {
            ["exe"] when process.IsFirstProgram => new SpecialFile.Program(process.Program),
            ["exe"] => new SpecialFile.Link(PathText.OfHost(process.Program)),
            ["cwd"] => new SpecialFile.Link(process.WorkingDirectory),
            ["root"] => new SpecialFile.Link("/"),
            ["fd"] => new SpecialFile.Directory(process.Pid == self.Pid ? self.DescriptorNames() : []),
            ["cmdline"] => new SpecialFile.Text(() => string.Concat(process.Arguments.Select(a => a + "\0"))),
            ["environ"] => new SpecialFile.Text(() => string.Empty),
            ["comm"] => new SpecialFile.Text(() => Name(process) + "\n"),
            ["maps"] => new SpecialFile.Text(() => Maps(process)),
            ["mountinfo"] => new SpecialFile.Text(() => string.Concat(family.Spec.Mounts.Select((m, i) => MountInformation(m, i + 1)))),
            ["mounts"] => new SpecialFile.Text(() => string.Concat(family.Spec.Mounts.Select(m => $"none {PathText.OfHost(m.GuestPath)} none {(m.Writable ? "rw" : "ro")} 0 0\n"))),
            ["stat"] => new SpecialFile.Text(() => Stat(process)),
            ["statm"] => new SpecialFile.Text(() => string.Create(CultureInfo.InvariantCulture, $"{process.Bytes / 4096} {process.Bytes / 4096} 0 0 0 {process.Bytes / 4096} 0\n")),
            ["status"] => new SpecialFile.Text(() => Status(process)),
            _ => null,
        };
    }

    private static string MountInformation(Mount mount, int id)
    {
        string access = mount.Writable ? "rw" : "ro";
        return string.Create(CultureInfo.InvariantCulture, $"{id} 0 0:{id} / {PathText.OfHost(mount.GuestPath)} {access} - none none {access}\n");
    }

    private static string Name(ProcessView process)
    {
        string name = Path.GetFileName(PathText.OfHost(process.Program));
        return name.Length > 15 ? name[..15] : name;
    }

    private static char StateOf(ProcessView process) => process.Entry.State switch
    {
        ProcessState.Stopped => 'T',
        ProcessState.Zombie => 'Z',
        _ => process.IsSleeping ? 'S' : 'R',
    };

    private static string Stat(ProcessView p)
    {
        long user = p.Entry.ChildrenUsage.UserUs / 10_000, system = p.Entry.ChildrenUsage.SystemUs / 10_000;
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{p.Pid} ({Name(p)}) {StateOf(p)} {p.Entry.Parent} {p.Entry.Group} {p.Entry.Session} 0 -1 0 0 0 0 0 ");
        text.Append(CultureInfo.InvariantCulture, $"0 0 {user} {system} 20 0 1 0 0 {p.Bytes} {p.Bytes / 4096} 18446744073709551615");
        for (int field = 26; field <= 52; field++)
        {
            text.Append(" 0");
        }

        return text.Append('\n').ToString();
    }

    private static string Status(ProcessView p) => string.Create(
        CultureInfo.InvariantCulture,
        $"Name:\t{Name(p)}\nState:\t{StateOf(p)}\nTgid:\t{p.Pid}\nPid:\t{p.Pid}\nPPid:\t{p.Entry.Parent}\n{p.Entry.Credentials.IdLines()}VmSize:\t{p.Bytes >> 10} kB\nVmRSS:\t{p.Bytes >> 10} kB\nThreads:\t1\n{p.Entry.Credentials.CapabilityLines()}");

    private static string Maps(ProcessView p)
    {
        StringBuilder text = new();
        foreach (Abi.GuestArea area in p.Areas)
        {
            text.Append(CultureInfo.InvariantCulture, $"{area.Start:x8}-{area.End:x8} {((area.Prot & 1) != 0 ? 'r' : '-')}{((area.Prot & 2) != 0 ? 'w' : '-')}{((area.Prot & 4) != 0 ? 'x' : '-')}p 00000000 00:00 0 {PathText.OfHost(p.Program)}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{Abi.GuestLayout.StackTop - 0x800000:x}-{Abi.GuestLayout.StackTop:x} rw-p 00000000 00:00 0 [stack]\n");
        return text.ToString();
    }
}
