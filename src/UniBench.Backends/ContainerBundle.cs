using System.Globalization;
using System.Text.Json.Nodes;
using UniBench.Host;
using UniBench.Workloads;

namespace UniBench.Backends;

/// <summary>An OCI bundle: a root file system with nothing but the programs, and a config.json.</summary>
/// <remarks>
/// A pipeline is started by the launcher program inside the container, which sends the faults and reports each stage's wait status, then
/// each fault's success, on descriptor 3.
/// </remarks>
internal sealed class ContainerBundle : IDisposable
{
    private const string Prefix = "unibench-bundle-";
    private const string IdFile = "id";
    private static readonly string[] Namespaces = ["pid", "ipc", "uts", "mount", "network"];
    private readonly LaunchRequest request;
    private readonly ContainerFiles files;
    private readonly HostPipe? statusPipe;
    private readonly PlacedPrograms programs;
    private readonly List<string> paths = [];

    private ContainerBundle(string directory, LaunchRequest request)
    {
        Directory = directory;
        this.request = request;
        files = new ContainerFiles(request);
        programs = new PlacedPrograms(RootFileSystem, files.ProgramDirectory);
        statusPipe = NeedsLauncher ? new HostPipe() : null;
    }

    public string Directory { get; }

    public string RootFileSystem => Path.Combine(Directory, "rootfs");

    /// <summary>Where the runtime writes what went wrong with it.</summary>
    public string LogFile => Path.Combine(Directory, "runtime.log");

    /// <summary>What config.json says, as far as podman takes it as options.</summary>
    public IReadOnlyList<string> PodmanOptions =>
    [
        .. request.Environment.SelectMany(e => (string[])["--env", e]),
        .. request.Cpus.Count > 0 ? (string[])["--cpuset-cpus", string.Join(',', request.Cpus)] : [],
        "--workdir", request.WorkingDirectory,
        .. files.Mounts.SelectMany(m => (string[])["--volume", $"{Path.GetFullPath(m.HostPath)}:{m.GuestPath}:{(m.Writable ? "rw" : "ro")}"]),
    ];

    /// <summary>The program that starts the stages of a pipeline inside the container.</summary>
    public static string LauncherPath => Path.Combine(AppContext.BaseDirectory, "launcher", "launch");

    /// <summary>Descriptors beyond 2 that the runtime passes on.</summary>
    public IReadOnlyList<int> StatusDescriptors => statusPipe is null ? [] : [HostPipe.Number(statusPipe.Writer)];

    /// <summary>Known after <see cref="StageStatuses"/>.</summary>
    public IReadOnlyList<FaultStep> MissedFaults { get; private set; } = [];

    private bool NeedsLauncher => request.Stages.Count > 1 || request.Faults.Count > 0;

    /// <summary>What the container runs.</summary>
    public IReadOnlyList<string> CommandLine { get; private set; } = [];

    /// <param name="id">Of the container; kept in the bundle for who has to clean up.</param>
    public static ContainerBundle Create(string id, LaunchRequest request)
    {
        ContainerBundle bundle = new(MakeDirectory(), request);
        try
        {
            File.WriteAllText(Path.Combine(bundle.Directory, IdFile), id);
            bundle.files.Create(bundle.RootFileSystem);
            foreach (ProcessSpec stage in request.Stages)
            {
                // Named as its argv[0] says: programs like busybox look at their name.
                bundle.paths.Add(bundle.programs.Add(stage.Path, Path.GetFileName(stage.Arguments[0])));
            }

            bundle.CommandLine = bundle.BuildCommandLine();
            return bundle;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            bundle.Dispose();
            throw new LaunchException($"container: {e.Message}", e);
        }
    }

    /// <param name="cgroupPath">Where the runtime puts the container, so that its CPU time can be read afterwards.</param>
    /// <param name="readOnly">The mount option for read-only: "rro" where the runtime knows it, which holds for mounts below, too; else "ro".</param>
    public void WriteConfiguration(string? cgroupPath, string readOnly)
    {
        JsonObject config = new()
        {
            ["ociVersion"] = "1.0.2",
            ["process"] = new JsonObject
            {
                ["terminal"] = false,
                ["user"] = new JsonObject { ["uid"] = 0, ["gid"] = 0 },
                ["args"] = Strings(CommandLine),
                ["env"] = Strings(request.Environment),
                ["cwd"] = request.WorkingDirectory,
                ["noNewPrivileges"] = true,
            },
            ["root"] = new JsonObject { ["path"] = "rootfs", ["readonly"] = true },
            ["hostname"] = "unibench",
            ["mounts"] = Mounts(readOnly),
            ["linux"] = new JsonObject { ["namespaces"] = new JsonArray([.. Namespaces.Select(n => new JsonObject { ["type"] = n })]) },
        };
        JsonObject linux = config["linux"]!.AsObject();
        if (cgroupPath is not null)
        {
            linux["cgroupsPath"] = cgroupPath;
        }

        if (request.Cpus.Count > 0)
        {
            linux["resources"] = new JsonObject { ["cpu"] = new JsonObject { ["cpus"] = string.Join(',', request.Cpus) } };
        }

        File.WriteAllText(Path.Combine(Directory, "config.json"), config.ToJsonString());
    }

    /// <summary>Statuses of the stages; of a single stage the runtime's own exit status tells.</summary>
    public IReadOnlyList<ExitStatus> StageStatuses(ExitStatus runtime, FamilyOutcome outcome)
    {
        if (outcome != FamilyOutcome.Completed)
        {
            MissedFaults = request.Faults;
            return [.. request.Stages.Select(_ => ExitStatus.Killed(Signal.SIGKILL))];
        }

        if (statusPipe is null)
        {
            return [runtime.Code > 128 ? ExitStatus.Killed(runtime.Code - 128) : runtime];
        }

        statusPipe.Writer.Dispose();
        using StreamReader reader = new(new FileStream(statusPipe.Reader, FileAccess.Read, bufferSize: 0));
        int[] numbers = [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => int.Parse(l, CultureInfo.InvariantCulture))];
        bool complete = numbers.Length == request.Stages.Count + request.Faults.Count;
        MissedFaults = [.. request.Faults.Where((_, i) => !complete || numbers[request.Stages.Count + i] == 0)];
        return complete ? [.. numbers.Take(request.Stages.Count).Select(ExitStatus.FromWaitWord)] : [.. request.Stages.Select(_ => runtime.IsSuccess ? ExitStatus.Exited(127) : runtime)];
    }

    public void Dispose()
    {
        statusPipe?.Dispose();
        PrivateDirectory.Remove(Directory);
    }

    /// <summary>Removes what killed processes left.</summary>
    /// <param name="remove">Removes a container by its id.</param>
    public static void Sweep(Action<string> remove)
    {
        foreach (string left in PrivateDirectory.Abandoned(Path.GetTempPath(), Prefix))
        {
            string file = Path.Combine(left, IdFile);
            if (File.Exists(file) && File.ReadAllText(file) is var id && CgroupLeftovers.IsAbandoned(id))
            {
                remove(id);
            }

            PrivateDirectory.Remove(left);
        }
    }

    private static string MakeDirectory()
    {
        try
        {
            return PrivateDirectory.Create(Path.GetTempPath(), Prefix);
        }
        catch (IOException e)
        {
            throw new LaunchException($"container: {e.Message}", e);
        }
    }

    private static JsonArray Strings(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);

    private List<string> BuildCommandLine()
    {
        if (!NeedsLauncher)
        {
            return [paths[0], .. request.Stages[0].Arguments.Skip(1)];
        }

        List<string> line = [programs.Add(LauncherPath, "launch")];
        foreach (FaultStep fault in request.Faults)
        {
            line.AddRange(["--fault", .. ((long[])[(long)fault.After.TotalMilliseconds, fault.Stage, fault.Signal]).Select(n => n.ToString(CultureInfo.InvariantCulture))]);
        }

        for (int i = 0; i < request.Stages.Count; i++)
        {
            ProcessSpec stage = request.Stages[i];
            line.AddRange([(stage.Arguments.Count).ToString(CultureInfo.InvariantCulture), paths[i], .. stage.Arguments.Skip(1)]);
        }

        return line;
    }

    /// <param name="readOnly">The option that makes a bind mount read-only.</param>
    private JsonArray Mounts(string readOnly)
    {
        JsonArray mounts =
        [
            new JsonObject { ["destination"] = "/proc", ["type"] = "proc", ["source"] = "proc" },
            new JsonObject { ["destination"] = "/dev", ["type"] = "tmpfs", ["source"] = "tmpfs", ["options"] = Strings(["nosuid", "mode=755", "size=64k"]) },
        ];
        if (!files.HasGrantedRoot)
        {
            mounts.Add(new JsonObject { ["destination"] = "/tmp", ["type"] = "tmpfs", ["source"] = "tmpfs", ["options"] = Strings(["nosuid", "nodev", "mode=1777"]) });
        }

        foreach (Mount mount in files.Mounts)
        {
            mounts.Add(new JsonObject
            {
                ["destination"] = mount.GuestPath,
                ["type"] = "bind",
                ["source"] = Path.GetFullPath(mount.HostPath),
                ["options"] = Strings(["rbind", mount.Writable ? "rw" : readOnly]),
            });
        }

        return mounts;
    }
}
