using System.Diagnostics;
using System.Security.Cryptography;
using UniBench.Backends;
using UniBench.Workbench;
using UniBench.Workloads;

namespace UniBench.Cli.Running;

/// <summary>Another build of UniBench, to be measured beside this one: a tool that is there, or a commit that is built.</summary>
/// <param name="Label">Short, part of its backends' names.</param>
/// <param name="Command">Which runs it.</param>
/// <param name="Detail">What it is, for the report.</param>
internal sealed record OtherEngine(string Label, IReadOnlyList<string> Command, string Detail)
{
    private const int LabelLength = 8;
    private const string Runner = "run.sh", Tool = "unibench.dll";

    /// <summary>This build, as another process.</summary>
    public static IReadOnlyList<string> Own { get; } = Managed(Path.Combine(AppContext.BaseDirectory, Tool));

    /// <param name="engine">A path of a tool or of a source tree, or what git knows as a commit in the directory's repository.</param>
    /// <param name="say">Is told that something is built.</param>
    /// <exception cref="UsageException">It is neither, or does not build.</exception>
    public static OtherEngine Find(string engine, string directory, Action<string> say)
    {
        string path = Path.GetFullPath(engine, directory);
        if (File.Exists(path))
        {
            return new OtherEngine(HashOf(Path.GetDirectoryName(path)!), path.EndsWith(".dll", StringComparison.Ordinal) ? Managed(path) : [path], path);
        }

        if (File.Exists(Path.Combine(path, Runner)))
        {
            string runner = Path.Combine(path, Runner);
            Build(runner, path, say);
            return new OtherEngine(HashOf(Path.Combine(path, "src", "UniBench.Cli", "bin", "Release", "unibench")), [runner], path);
        }

        (int code, string commit) = Call("git", directory, "rev-parse", "--verify", "--quiet", $"{engine}^{{commit}}");
        if (code != 0)
        {
            throw new UsageException($"--against {engine}: neither a tool, nor a source tree with {Runner}, nor a commit of the git repository of {directory}");
        }

        string built = SourceOf(commit, directory);
        Build(Path.Combine(built, Runner), $"{engine} ({commit[..LabelLength]})", say);
        return new OtherEngine(commit[..LabelLength], [Path.Combine(built, Runner)], $"commit {commit}{(commit.StartsWith(engine, StringComparison.Ordinal) ? "" : $", {engine}")}");
    }

    /// <summary>Makes a backend of this build, which is launched from a process of its own, too: else the two would differ in more than the build.</summary>
    /// <param name="name">Of a backend on our engine, or of one of the other build.</param>
    public AgentBackend Backend(string name, bool seccomp)
    {
        string[] options = seccomp ? [] : ["--no-seccomp"];
        if (OtherBuild.BaseOf(name) is not { } backend)
        {
            return new AgentBackend(Own, options, name, BackendRegistry.TraitsOf(name), null);
        }

        BackendTraits own = BackendRegistry.TraitsOf(backend);
        return new AgentBackend(Command, options, backend, own with { Name = name, Order = own.Order + 1, Look = null, Words = new Dictionary<string, BackendWords>() }, Detail);
    }

    /// <summary>The commit's files, in the cache.</summary>
    private static string SourceOf(string commit, string directory)
    {
        string home = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        string source = Path.Combine(home, "unibench", "builds", commit);
        if (Directory.Exists(source))
        {
            return source;
        }

        string fresh = $"{source}.{Environment.ProcessId}";
        Directory.CreateDirectory(fresh);
        string archive = $"{fresh}.tar";
        (_, string root) = Call("git", directory, "rev-parse", "--show-toplevel");
        (int code, string said) = Call("git", root, "archive", "--output", archive, commit);
        (code, said) = code != 0 ? (code, said) : Call("tar", fresh, "-xf", archive);
        File.Delete(archive);
        if (code != 0)
        {
            Directory.Delete(fresh, recursive: true);
            throw new UsageException($"the files of commit {commit} could not be taken from git: {said}");
        }

        Directory.Move(fresh, source);
        return source;
    }

    /// <summary>Its own script knows how, and does nothing where it is up to date; an agent without questions ends at once.</summary>
    private static void Build(string runner, string what, Action<string> say)
    {
        say($"building {what}, unless it is built");
        (int code, string said) = Call(runner, Path.GetDirectoryName(runner)!, "agent");
        if (code != 0)
        {
            throw new UsageException($"--against {what}: it does not build, or is older than `unibench agent`, which this takes: {said}");
        }
    }

    /// <returns>Its exit code, and what it said.</returns>
    private static (int Code, string Said) Call(string program, string directory, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = directory,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.StandardInput.Close();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return (process.ExitCode, process.ExitCode == 0 ? output : $"{output}{errors.Result}".Trim());
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, e.Message);
        }
    }

    private static string[] Managed(string assembly)
    {
        string? host = Environment.ProcessPath;
        return [Path.GetFileName(host) == "dotnet" ? host! : "dotnet", assembly];
    }

    /// <summary>Of its assemblies: two builds in one place have two names.</summary>
    private static string HashOf(string folder)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in Directory.GetFiles(folder).Where(f => Path.GetFileName(f).StartsWith("unibench", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal))
        {
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..LabelLength];
    }
}
