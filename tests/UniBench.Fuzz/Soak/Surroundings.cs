using System.Globalization;
using UniBench.Host;

namespace UniBench.Fuzz.Soak;

/// <summary>Where one unibench runs: a directory for its files, and what it runs short of.</summary>
internal sealed class Surroundings : IDisposable
{
    private static int made;
    private readonly List<string> groups = [];
    private readonly bool isMounted;

    public Surroundings(string parent, Fault fault, Random random)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"soak-{Environment.ProcessId}-{Interlocked.Increment(ref made)}");
        Folder = Path.Combine(parent, name);
        Directory.CreateDirectory(Folder);
        switch (fault)
        {
            case Fault.FullDisk:
                isMounted = RunToEnd("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={random.Next(4, 300)}k"), "none", Folder) == 0;
                break;
            case Fault.FewDescriptors:
                Prefix = ["setpriv", "--bounding-set=-sys_resource", "prlimit", string.Create(CultureInfo.InvariantCulture, $"--nofile={random.Next(60, 400)}")];
                break;
            case Fault.FewThreads:
                Limit("pids", name, "pids.max", random.Next(20, 80));
                break;
            case Fault.LittleMemory:
                Limit("memory", name, Directory.Exists("/sys/fs/cgroup/memory") ? "memory.limit_in_bytes" : "memory.max", random.Next(60, 250) << 20);
                break;
        }
    }

    public string Folder { get; }

    /// <summary>What to start it with.</summary>
    public IReadOnlyList<string> Prefix { get; private set; } = [];

    /// <summary>Why a fault cannot be had here; null where it can.</summary>
    public static string? Lacks(Fault fault) => fault switch
    {
        Fault.FullDisk when !Environment.IsPrivilegedProcess => "a full disk: only root can mount a small one",
        Fault.FewDescriptors when !Environment.IsPrivilegedProcess => null,
        Fault.FewThreads when GroupsOf("pids") is null => "few threads: no control group for that can be made here",
        Fault.LittleMemory when GroupsOf("memory") is null => "little memory: no control group for that can be made here",
        _ => null,
    };

    public void Dispose()
    {
        if (isMounted)
        {
            RunToEnd("umount", Folder);
        }

        foreach (string group in groups)
        {
            SpinWait.SpinUntil(() => File.ReadAllText(Path.Combine(group, "cgroup.procs")).Length == 0, TimeSpan.FromSeconds(30));
            Directory.Delete(group);
        }

        PrivateDirectory.Remove(Folder);
    }

    private static string? GroupsOf(string controller) => !Environment.IsPrivilegedProcess ? null
        : new[] { $"/sys/fs/cgroup/{controller}", "/sys/fs/cgroup" }.FirstOrDefault(d =>
            File.Exists(Path.Combine(d, "cgroup.procs")) && (d.EndsWith(controller, StringComparison.Ordinal) || File.ReadAllText(Path.Combine(d, "cgroup.subtree_control")).Contains(controller, StringComparison.Ordinal)));

    private void Limit(string controller, string name, string file, int most)
    {
        string group = Path.Combine(GroupsOf(controller)!, name);
        Directory.CreateDirectory(group);
        groups.Add(group);
        File.WriteAllText(Path.Combine(group, file), most.ToString(CultureInfo.InvariantCulture));
        Prefix = ["sh", "-c", $"echo $$ >{group}/cgroup.procs && exec \"$@\"", "sh"];
    }

    private static int RunToEnd(params string[] command)
    {
        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(command[0], command[1..]);
        process.WaitForExit();
        return process.ExitCode;
    }
}
