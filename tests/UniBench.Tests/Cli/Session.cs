using UniBench.Backends;
using UniBench.Cli.Commands;
using UniBench.Measure;
using UniBench.Reports;

namespace UniBench.Tests.Cli;

/// <summary>Calls of unibench in this process with backends that replay, and a directory of its own for scripts and results.</summary>
internal sealed class Session : IDisposable
{
    private readonly Dictionary<string, ReplayBackend> backends = [];
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();

    /// <param name="printed">What every launch prints.</param>
    public Session(string printed = "@sample rtt_p50 ns 100\n")
    {
        Folder = Directory.CreateTempSubdirectory("unibench-test-").FullName;
        foreach (string name in BackendRegistry.Names)
        {
            Use(new ReplayBackend(name) { Answer = (_, _) => ReplayBackend.Printed(printed) });
        }
    }

    public string Folder { get; }

    public string Out => output.ToString();

    public string Errors => errors.ToString();

    public string Results => Path.Combine(Folder, "out");

    public IReadOnlyDictionary<string, ReplayBackend> Backends => backends;

    public void Use(ReplayBackend backend) => backends[backend.Name] = backend;

    /// <summary>Writes a script; `true` is a program that every Linux has.</summary>
    public string Script(string code, string name = "test.csx")
    {
        string path = Path.Combine(Folder, name);
        File.WriteAllText(path, code);
        return path;
    }

    public int Call(params string[] arguments) => FrontDoor.Run(arguments, output, errors, name => backends[name]);

    /// <summary>`run` of a script with a fixed seed, one warm-up block unless it is told otherwise, and <see cref="Results"/> as its directory, in the place of an earlier one.</summary>
    public int Run(string code, params string[] options) =>
        Call(["run", Script(code), "--out", Results, "--seed", "7", .. options.Contains("--resume") ? (string[])[] : ["--replace"], .. options.Contains("--warmup") ? (string[])[] : ["--warmup", "1"], .. options]);

    public RunResults Load() => ResultsFile.Load(Path.Combine(Results, ResultsFile.Name));

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        output.Dispose();
        errors.Dispose();
    }
}
