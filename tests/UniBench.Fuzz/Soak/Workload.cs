using System.Globalization;

namespace UniBench.Fuzz.Soak;

/// <summary>Something for unibench to do.</summary>
/// <param name="Arguments">unibench's, after --backend.</param>
/// <param name="Prints">What stdout has when nothing went wrong.</param>
/// <param name="SavesTo">Where results are kept; null: nowhere.</param>
internal sealed record Workload(string Name, IReadOnlyList<string> Arguments, string Prints, string? SavesTo)
{
    private const string Shell = "/bin/busybox";

    // Commands of the shell by their path: the same on every backend.
    private const string Pipelines = "i=0; while [ $i -lt 25 ]; do echo $i | /bin/busybox cat | /bin/busybox wc -c; i=$((i+1)); done; echo done";
    private const string Kills = "i=0; while [ $i -lt 15 ]; do /bin/busybox sleep 100 & /bin/busybox sleep 100 | /bin/busybox cat & kill -9 %1 %2; wait; i=$((i+1)); done; echo done";

    private const string Scenario = """
        Title("soak");
        Case("chain", Program("pipe_chain", "--stages", 4, "--count", 100, "--total", 1 << 20)).Metric("latency_p50", "ns", Lower);
        Case("forks", Program("fork_storm", "--count", 50)).Metric("fork_exit_wait_p50", "ns", Lower);
        """;

    /// <param name="backends">Those that can run here.</param>
    /// <param name="memory">An option, or nothing.</param>
    public static Workload Draw(Random random, IReadOnlyList<string> backends, IReadOnlyList<string> memory, string folder)
    {
        string backend = backends[random.Next(backends.Count)];
        string[] exec = ["exec", "--backend", backend, .. memory];
        int count = random.Next(50, 400);
        return random.Next(7) switch
        {
            0 => Exec("fork storm", ["--", Repository.Built("programs/fork_storm"), "--count", Text(count)], "@sample fork_exit_wait_p50"),
            1 => Exec("fork storm, many alive", ["--", Repository.Built("programs/fork_storm"), "--mode", "alive", "--alive", Text(count / 4)], "@sample alive_total"),
            2 => Exec("pipe chain", ["--", Repository.Built("programs/pipe_chain"), "--stages", Text(random.Next(2, 8)), "--count", Text(count), "--total", "1048576"], "@sample throughput"),
            3 when File.Exists(Shell) => Exec("pipelines of a shell", ["--mount", $"{Shell}:{Shell}", "--", Shell, "sh", "-c", Pipelines], "done"),
            4 when File.Exists(Shell) => Exec("a shell that kills", ["--mount", $"{Shell}:{Shell}", "--", Shell, "sh", "-c", Kills], "done"),
            5 => Exec("process tree", ["--", Repository.Built("programs/fork_storm"), "--mode", "tree"], "@sample tree_total"),
            _ => Run(random, backends, folder),
        };

        Workload Exec(string name, string[] arguments, string prints) => new($"{backend}: {name}", [.. exec, .. arguments], prints, null);
    }

    public static Workload Greet(string backend) => new($"{backend}: hello", ["exec", "--backend", backend, "--", Repository.Built("programs/hello")], "hello, world", null);

    private static Workload Run(Random random, IReadOnlyList<string> backends, string folder)
    {
        string script = Path.Combine(folder, "soak.csx"), results = Path.Combine(folder, "results");
        File.WriteAllText(script, Scenario);
        string[] some = [.. backends.OrderBy(_ => random.Next()).Take(random.Next(1, 3))];
        return new Workload(
            $"{string.Join(',', some)}: run",
            ["run", script, "--backends", string.Join(',', some), "--rounds", "5", "--warmup", "0", "--out", results, "--replace"],
            "",
            results);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
