using System.Globalization;
using System.Text;
using UniBench.Workloads;

namespace UniBench.Backends;

/// <summary>What a Linux VM boots from: its first file system with the programs, and the plan that its first process follows (guest/launcher/vm_init.c has its words).</summary>
internal sealed class VmFiles
{
    private const string Own = "/.vm";

    // Machines of QEMU's type microvm have places for 8 devices; the port takes one.
    private const int MostShares = 7;
    private readonly LaunchRequest request;
    private readonly ContainerFiles files;
    private readonly string root;
    private readonly List<string> shares = [];
    private readonly List<string> plan = [];

    private VmFiles(string root, LaunchRequest request)
    {
        this.request = request;
        this.root = root;
        files = new ContainerFiles(request);
    }

    /// <summary>Folders of the host that the guest mounts, by tag.</summary>
    public IReadOnlyList<(string Tag, string Folder, bool Writable)> Shares { get; private set; } = [];

    /// <summary>Why no VM can give what is asked for; null when it can.</summary>
    public static string? Refusal(LaunchRequest request) => ContainerFiles.Refusal(request) is { } reason ? reason
        : request.Mounts.FirstOrDefault(m => m.Writable && File.Exists(m.HostPath)) is { } file ? $"{file.HostPath} is a file, and a VM can be granted folders alone for writing: mount its folder"
        : request.Mounts.Count(m => Directory.Exists(m.HostPath)) > MostShares ? string.Create(CultureInfo.InvariantCulture, $"a VM takes {MostShares} folders of the host, not more: mount one that holds them")
        : null;

    /// <param name="archive">The file to write.</param>
    /// <param name="workshop">An empty folder for what goes in.</param>
    public static VmFiles Write(string archive, string workshop, LaunchRequest request, GuestKernel kernel)
    {
        VmFiles made = new(workshop, request);
        made.Fill(kernel);
        using FileStream to = File.Create(archive);
        CpioArchive.Write(workshop, to);
        return made;
    }

    private void Fill(GuestKernel kernel)
    {
        files.Create(root);
        PlacedPrograms first = new(root, string.Empty);
        first.Add(Path.Combine(AppContext.BaseDirectory, "launcher", "vm_init"), "init");
        AddModules(kernel, request.Mounts.Any(m => Directory.Exists(m.HostPath)));
        AddMounts();
        Say("directory", request.WorkingDirectory);
        foreach (string variable in request.Environment)
        {
            Say("env", variable);
        }

        if (request.Cpus.Count > 1)
        {
            Say("spread");
        }

        foreach (FaultStep fault in request.Faults)
        {
            Say(["fault", .. ((long[])[(long)fault.After.TotalMilliseconds, fault.Stage, fault.Signal]).Select(n => n.ToString(CultureInfo.InvariantCulture))]);
        }

        PlacedPrograms programs = new(root, files.ProgramDirectory);
        foreach (ProcessSpec stage in request.Stages)
        {
            // Named as its argv[0] says: programs like busybox look at their name.
            string path = programs.Add(stage.Path, Path.GetFileName(stage.Arguments[0]));
            Say(["stage", stage.Arguments.Count.ToString(CultureInfo.InvariantCulture), path, .. stage.Arguments]);
        }

        File.WriteAllBytes(Path.Combine(root, "plan"), [.. plan.SelectMany(w => Encoding.UTF8.GetBytes(w).Append((byte)0))]);
    }

    private void AddModules(GuestKernel kernel, bool shared)
    {
        string folder = Path.Combine(root, Own[1..], "modules");
        Directory.CreateDirectory(folder);
        foreach (string module in kernel.Modules(shared))
        {
            File.Copy(module, Path.Combine(folder, Path.GetFileName(module)));
            Say("module", $"{Own}/modules/{Path.GetFileName(module)}");
        }

        Say("port");
    }

    private void AddMounts()
    {
        List<(string, string, bool)> folders = [];
        foreach (Mount mount in request.Mounts.Where(m => Directory.Exists(m.HostPath)))
        {
            string tag = string.Create(CultureInfo.InvariantCulture, $"share{folders.Count}");
            folders.Add((tag, Path.GetFullPath(mount.HostPath), mount.Writable));
            Directory.CreateDirectory(root + $"{Own}/{tag}");
            Say("share", tag, $"{Own}/{tag}", mount.Writable ? "rw" : "ro");
            shares.Add(Path.GetFullPath(mount.HostPath));
        }

        Shares = folders;
        foreach (Mount mount in files.Mounts)
        {
            Say("bind", Source(mount), mount.GuestPath, mount.Writable ? "rw" : "ro");
        }
    }

    /// <summary>Where the guest finds what is to be mounted: in a share, or, of a file that was granted alone, a copy.</summary>
    private string Source(Mount mount)
    {
        string from = Path.GetFullPath(mount.HostPath);
        int granted = request.Mounts.Contains(mount) ? shares.IndexOf(from) : shares.IndexOf(Path.GetDirectoryName(from)!);
        if (granted >= 0)
        {
            string share = string.Create(CultureInfo.InvariantCulture, $"{Own}/share{granted}");
            return request.Mounts.Contains(mount) ? share : $"{share}/{Path.GetFileName(from)}";
        }

        string copy = string.Create(CultureInfo.InvariantCulture, $"{Own}/files/{plan.Count}");
        Directory.CreateDirectory(Path.GetDirectoryName(root + copy)!);
        File.Copy(from, root + copy);
        return copy;
    }

    private void Say(params IEnumerable<string> words) => plan.AddRange(words);
}
