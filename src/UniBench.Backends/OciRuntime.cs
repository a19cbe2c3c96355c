using System.Text.Json;
using System.Text.Json.Nodes;

namespace UniBench.Backends;

/// <summary>A container runtime of this machine and how to talk to it.</summary>
internal sealed class OciRuntime
{
    private OciRuntime(string name, string path, string version)
    {
        ReadOnlyOption = HostTool.Execute(path, "features").Output.Contains("\"rro\"", StringComparison.Ordinal) ? "rro" : "ro";
        Name = name;
        Path = path;
        Version = version;
    }

    public string Name { get; }

    public string Path { get; }

    /// <summary>First line of `--version`.</summary>
    public string Version { get; }

    /// <summary>How a read-only bind mount is asked for: for everything below, too (rro), where the runtime can.</summary>
    public string ReadOnlyOption { get; }

    /// <summary>runc and crun take a bundle with config.json; podman takes a root file system and options.</summary>
    public bool UsesBundle => Name != "podman";

    /// <summary>Looks for a runtime on the PATH; whether it can run a container is for the caller to try.</summary>
    public static OciRuntime? TryFind(string name, out string reason)
    {
        string? path = HostTool.Find(name);
        if (path is null)
        {
            reason = $"{name} is not installed";
            return null;
        }

        (int code, string output) = HostTool.Execute(path, "--version");
        reason = $"{name} --version failed with {code}";
        return code == 0 ? new OciRuntime(name, path, output.Split('\n')[0].Trim()) : null;
    }

    public IReadOnlyList<string> RunArguments(ContainerBundle bundle, string id, string? groupName)
    {
        string[] status = bundle.StatusDescriptors.Count > 0 ? ["--preserve-fds", "1"] : [];
        return UsesBundle
            ? ["--log", bundle.LogFile, "--log-format", "json", "run", "--bundle", bundle.Directory, .. status, id]
            : [
                .. groupName is null ? (string[])[] : ["--cgroup-manager", "cgroupfs"], "run", "--rm", "--name", id, "--network", "none", "--read-only", .. status,
                .. groupName is null ? (string[])[] : ["--cgroup-parent", $"/{groupName}"],
                .. bundle.PodmanOptions, "--interactive", "--rootfs", bundle.RootFileSystem, .. bundle.CommandLine,
            ];
    }

    /// <summary>Makes sure that no container of that name is left; that there is none is the usual case.</summary>
    public void Remove(string id) => HostTool.Execute(Path, UsesBundle ? ["delete", "--force", id] : ["rm", "--force", "--ignore", id]);

    /// <summary>Why the runtime itself failed, as against the program in the container; null when it did not.</summary>
    public string? Failure(ContainerBundle bundle, int code)
    {
        if (!UsesBundle)
        {
            // podman-run(1): 125 is podman's own failure, 126 and 127 a program that cannot be run or found.
            return code is >= 125 and <= 127 ? $"failed with {code}" : null;
        }

        return File.Exists(bundle.LogFile) ? File.ReadLines(bundle.LogFile).Select(ErrorIn).FirstOrDefault(e => e is not null) : null;
    }

    private static string? ErrorIn(string line)
    {
        try
        {
            JsonNode? entry = JsonNode.Parse(line);
            return entry?["level"]?.GetValue<string>() is "error" or "fatal" ? entry["msg"]?.GetValue<string>() : null;
        }
        catch (JsonException)
        {
            return null; // a line cut short by a kill
        }
    }
}
