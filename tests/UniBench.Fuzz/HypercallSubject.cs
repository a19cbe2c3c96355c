using System.Globalization;
using Microsoft.Win32.SafeHandles;
using UniBench.Host;
using UniBench.Monitor;
using UniBench.Workloads;

namespace UniBench.Fuzz;

/// <summary>A family of tests/hostile/fuzz.c for each seed, an input being a hypercall; an ordinary program runs in between, on the machines that they leave.</summary>
internal sealed class HypercallSubject(string machine, string folder) : ISubject
{
    private const int Children = 300, CallsEach = 400;
    private readonly UnikernelHost host = Engines.Open(machine);
    private readonly string files = Path.Combine(folder, "files"), output = Path.Combine(folder, "output");

    private readonly bool verbose = Environment.GetEnvironmentVariable("FUZZ_VERBOSE") is not null;

    public Tried Try(ulong seed)
    {
        PrivateDirectory.Remove(files);
        Directory.CreateDirectory(files);
        File.CreateSymbolicLink(Path.Combine(files, "out"), Path.Combine(folder, HostState.Kept, "file"));
        string program = Repository.Built("hostile/fuzz");
        string[] arguments = ["fuzz", seed.ToString(CultureInfo.InvariantCulture), Children.ToString(CultureInfo.InvariantCulture), CallsEach.ToString(CultureInfo.InvariantCulture)];
        FamilyResult result = Run(new ProcessSpec(program, arguments), s => s with
        {
            Environment = Engines.Gate(host, machine),
            MemoryBytes = 32 << 20,
            MaxProcesses = 40,
            KeepProcesses = seed % 4 == 1 || verbose,
            Trace = seed % 8 == 2 ? _ => { } : null,
            Mounts =
            [
                new Mount(files, "/files", true), new Mount(Path.Combine(folder, HostState.Kept), "/kept", false),
                new Mount(Repository.Built("hostile"), "/bin", false),
            ],
            WorkingDirectory = "/files",
        });
        long calls = result.Counters.Where(c => c.Key.StartsWith("hypercalls.", StringComparison.Ordinal)).Sum(c => c.Value);
        if (verbose)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seed}: {result.Outcome}, {result.Stages[0]}, {result.Wall.TotalSeconds:0.0} s, {calls} hypercalls, {result.Counters["processes"]} processes; {string.Join(", ", result.Processes.OrderBy(p => -p.Wall).Take(6).Select(p => $"{p.Pid} {p.Wall.TotalSeconds:0.0} s {p.Status} {string.Join(' ', p.Counters.Where(c => c.Key.StartsWith("hypercalls.", StringComparison.Ordinal)).OrderBy(c => -c.Value).Take(3))}"))}\n  {string.Join("\n  ", result.Crashes.Where(c => c.Pid == 2).Select(c => c.Text))}"));
        }

        return new Tried(calls, Engines.FaultOf(result) ?? Greet());
    }

    /// <summary>The machines still do what they are for.</summary>
    private string? Greet()
    {
        FamilyResult result = Run(new ProcessSpec(Repository.Built("programs/hello"), ["hello"]), s => s);
        string said = File.ReadAllText(output);
        return said == "hello, world\n" ? null : $"afterwards programs/hello said '{said}' and ended with {result.Stages[0]}, {result.Outcome}: {(result.Crashes.Count > 0 ? result.Crashes[0].Text : "")}";
    }

    private FamilyResult Run(ProcessSpec stage, Func<FamilySpec, FamilySpec> change)
    {
        using SafeFileHandle input = File.OpenHandle(Path.Combine(folder, HostState.Kept, "lent"));
        using SafeFileHandle written = File.OpenHandle(output, FileMode.Create, FileAccess.ReadWrite);
        return host.Run(
            change(new FamilySpec { Stages = [stage], Stdin = HostPipe.Number(input), Stdout = HostPipe.Number(written), Stderr = HostPipe.Number(written), Timeout = TimeSpan.FromSeconds(20) }), CancellationToken.None);
    }

    public void Dispose() => host.Dispose();
}
