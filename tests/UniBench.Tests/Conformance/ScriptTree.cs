using System.Diagnostics;
using UniBench.Monitor;
using UniBench.Workloads;

namespace UniBench.Tests.Conformance;

/// <summary>What a script finds: its own file, <c>bin</c> with busybox's tools and nothing else, <c>tmp</c>, and the empty
/// working directory <c>work</c>.</summary>
internal sealed class ScriptTree : IDisposable
{
    private static readonly Lazy<string[]> s_tools = new(ListTools);

    private readonly string _root;
    private readonly ShellScript _script;

    /// <param name="root">Does not exist yet; both sides of a comparison get the same, one after the other.</param>
    public ScriptTree(string root, ShellScript script)
    {
        _root = root;
        _script = script;
        foreach (string folder in new[] { "bin", "tmp", "work" })
        {
            Directory.CreateDirectory(Path.Combine(root, folder));
        }

        foreach (string tool in s_tools.Value)
        {
            File.CreateSymbolicLink(Path.Combine(root, "bin", tool), ShellScript.Busybox);
        }

        File.Copy(Path.Combine(ShellScript.Sources, script.Name + ".sh"), ScriptFile);
    }

    private string ScriptFile => Path.Combine(_root, "script");

    private string Work => Path.Combine(_root, "work");

    private string[] Environment =>
        [$"PATH={Path.Combine(_root, "bin")}", $"HOME={Work}", $"TMPDIR={Path.Combine(_root, "tmp")}", "LC_ALL=C"];

    public Observation RunOnLinux() =>
        LinuxRun.RunIn(Work, "/usr/bin/env", ["-i", .. Environment, .. _script.Interpreter, ScriptFile]);

    // A Linux process sees the whole file system, and so must the unikernels: system(3) and popen(3) run /bin/sh wherever
    // PATH points, and some tools keep their temporary files in /tmp whatever TMPDIR says.
    public Observation RunAsUnikernel(UnikernelHost host) =>
        UnikernelRun.Run(
            host,
            new FamilySpec
            {
                Stages = [new ProcessSpec(_script.Interpreter[0], [.. _script.Interpreter, ScriptFile])],
                Environment = Environment,
                Mounts = [new Mount("/", "/", false), new Mount("/tmp", "/tmp", true), new Mount(_root, _root, true)],
                WorkingDirectory = Work,
            });

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static string[] ListTools()
    {
        using Process list = Process.Start(new ProcessStartInfo(ShellScript.Busybox, ["--list"]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException($"{ShellScript.Busybox} was not started");
        string[] tools = list.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        list.WaitForExit();
        return tools;
    }
}
