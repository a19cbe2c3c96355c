using System.Diagnostics;

namespace UniBench.Backends;

/// <summary>A container runtime of this machine and how to talk to it.</summary>
internal sealed class OciRuntime
{
    private OciRuntime(string name, string path, string version)
    {
        Name = name;
        Path = path;
        Version = version;
    }

    public string Name { get; }

    public string Path { get; }

    /// <summary>First line of `--version`.</summary>
    public string Version { get; }

    /// <summary>runc and crun take a bundle with config.json; podman takes a root file system and options.</summary>
    public bool UsesBundle => Name != "podman";

    /// <summary>Looks for a runtime on the PATH and tries it out.</summary>
    public static OciRuntime? TryFind(string name, out string reason)
    {
        string? path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':')
            .Concat(["/usr/sbin", "/usr/bin", "/sbin"])
            .Select(d => System.IO.Path.Combine(d, name))
            .FirstOrDefault(File.Exists);
        if (path is null)
        {
            reason = $"{name} is not installed";
            return null;
        }

        (int code, string output) = Execute(path, ["--version"]);
        reason = $"{name} --version failed with {code}";
        return code == 0 ? new OciRuntime(name, path, output.Split('\n')[0].Trim()) : null;
    }

    public IReadOnlyList<string> RunArguments(ContainerBundle bundle, string id) => UsesBundle
        ? ["run", "--bundle", bundle.Directory, .. bundle.StatusDescriptors.Count > 0 ? new[] { "--preserve-fds", "1" } : [], id]
        : ["run", "--rm", "--name", id, "--network", "none", .. bundle.StatusDescriptors.Count > 0 ? new[] { "--preserve-fds", "1" } : [],
            .. bundle.Environment.SelectMany(e => new[] { "--env", e }), "--interactive", "--rootfs", bundle.RootFileSystem, .. bundle.CommandLine];

    /// <summary>Makes sure that no container of that name is left; that there is none is the usual case.</summary>
    public void Remove(string id) => Execute(Path, UsesBundle ? ["delete", "--force", id] : ["rm", "--force", "--ignore", id]);

    private static (int Code, string Output) Execute(string path, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        _ = errors.Result;
        return (process.ExitCode, output);
    }
}
