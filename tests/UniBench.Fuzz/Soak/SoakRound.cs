using System.Globalization;
using UniBench.Cli;
using UniBench.Host;

namespace UniBench.Fuzz.Soak;

/// <summary>One or two unibenches at once, a fault that strikes them, and what must hold afterwards.</summary>
/// <param name="backends">Those that can run here.</param>
/// <param name="faults">Likewise.</param>
/// <param name="own">Processes of the soak itself.</param>
internal sealed class SoakRound(ulong seed, IReadOnlyList<string> backends, IReadOnlyList<Fault> faults, string folder, int[] own)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private readonly Random random = new((int)(seed % int.MaxValue));
    private readonly List<string> wrong = [];

    public Fault Fault { get; private set; }

    public int Launches { get; private set; }

    /// <returns>What does not hold, a paragraph each.</returns>
    public IReadOnlyList<string> Run()
    {
        Fault = faults[random.Next(faults.Count)];
        int count = random.Next(1, 3);
        List<(Surroundings Around, Launched Started)> all = [];
        try
        {
            for (int i = 0; i < count; i++)
            {
                Surroundings around = new(folder, Fault, random);
                string[] memory = Fault == Fault.SmallProcesses ? ["--memory", random.Next(2) == 0 ? "4m" : "8m"] : [];
                all.Add((around, new Launched(Workload.Draw(random, backends, memory, around.Folder), around.Prefix, Fault == Fault.FullDisk ? around.Folder : Temporary())));
            }

            Strike([.. all.Select(a => a.Started)]);
            foreach ((_, Launched started) in all)
            {
                Check(started);
            }

            Greet([.. all.Select(a => a.Started.Workload.Name.Split(':')[0].Split(',')[0]).Distinct()]);
            foreach ((_, Launched started) in all)
            {
                wrong.AddRange(LeftBy(started.Pid));
            }
        }
        finally
        {
            all.ForEach(a => a.Started.Dispose());
            wrong.AddRange(Leftovers.Processes(TimeSpan.FromSeconds(60), own));
            all.ForEach(a => a.Around.Dispose());
        }

        wrong.AddRange(Directory.EnumerateFileSystemEntries(Temporary()).Where(e => !Path.GetFileName(e).StartsWith(".dotnet", StringComparison.Ordinal)).Select(e => $"{e} is left"));
        return wrong;
    }

    private string Temporary() => Directory.CreateDirectory(Path.Combine(folder, "tmp")).FullName;

    private void Strike(Launched[] all)
    {
        const int Kill = 9;
        int[] ends = [1, 2, 15, 3];
        TimeSpan after = TimeSpan.FromMilliseconds(random.Next(2) == 0 ? random.Next(50, 600) : random.Next(300, 4000));
        foreach (Launched one in all)
        {
            switch (Fault)
            {
                case Fault.Interrupted:
                    one.WaitForEnd(after);
                    one.Signal(ends[random.Next(ends.Length)]);
                    if (random.Next(3) == 0)
                    {
                        one.WaitForEnd(TimeSpan.FromMilliseconds(random.Next(200)));
                        one.Signal(2);
                    }

                    break;
                case Fault.Killed:
                    one.WaitForEnd(after);
                    one.Signal(Kill);
                    break;
                case Fault.ChildrenKilled:
                    for (int n = random.Next(1, 6); n > 0 && !one.WaitForEnd(after / 3); n--)
                    {
                        int[] below = [.. Leftovers.Descendants(one.Pid)];
                        if (below.Length > 0)
                        {
                            HostProcess.Kill(below[random.Next(below.Length)], Kill);
                        }
                    }

                    break;
            }
        }
    }

    private void Check(Launched started)
    {
        if (!started.WaitForEnd(Patience))
        {
            wrong.Add($"did not end within {Patience.TotalSeconds:0} s: {started}\n{WatchedPart.ThreadsOf(started.Pid)}");
            started.Signal(9);
            started.WaitForEnd(Patience);
            return;
        }

        // Where the host refuses threads or memory, it is .NET that gives up.
        if (started.Breakdown is { } breakdown && Fault is not (Fault.FewThreads or Fault.LittleMemory or Fault.FewDescriptors))
        {
            wrong.Add($"said '{breakdown}': {started}");
        }

        if (Fault == Fault.None && (started.ExitCode is not (ExitCodes.Ok or ExitCodes.Untrustworthy) || !started.Output.Contains(started.Workload.Prints, StringComparison.Ordinal)))
        {
            wrong.Add($"nothing was done to it, and it did not do what it should: {started}");
        }

        if (started.Workload.SavesTo is { } results && File.Exists(Path.Combine(results, "results.json")))
        {
            using Launched report = Launch(new Workload("report", ["report", Path.Combine(results, "results.json"), "--out", "-", "--format", "json"], "", null));
            if (!report.WaitForEnd(Patience) || report.ExitCode != 0)
            {
                wrong.Add($"results that it saved cannot be read: {report}\n  saved by {started}");
            }
        }
    }

    /// <summary>The next run works, and takes away what a killed one left.</summary>
    private void Greet(IReadOnlyList<string> used)
    {
        foreach (string backend in used)
        {
            using Launched next = Launch(Workload.Greet(backend));
            if (!next.WaitForEnd(Patience) || next.ExitCode != 0 || !next.Output.Contains(next.Workload.Prints, StringComparison.Ordinal))
            {
                wrong.Add($"the next run does not work: {next}");
            }

            wrong.AddRange(LeftBy(next.Pid));
        }
    }

    private Launched Launch(Workload workload)
    {
        Launches++;
        return new Launched(workload, [], Temporary());
    }

    private static IEnumerable<string> LeftBy(int pid)
    {
        string mine = string.Create(CultureInfo.InvariantCulture, $"-{pid}-");
        string[] places = ["/dev/shm", "/tmp", "/run/runc", "/sys/fs/cgroup", .. Directory.Exists("/sys/fs/cgroup") ? Directory.EnumerateDirectories("/sys/fs/cgroup") : []];
        return places.Where(Directory.Exists).SelectMany(p => Directory.EnumerateFileSystemEntries(p, "unibench-*")).Where(n => Path.GetFileName(n).Contains(mine, StringComparison.Ordinal)).Select(n => $"{n} is left")
            .Concat(File.ReadLines("/proc/self/mounts").Where(m => m.Contains(mine, StringComparison.Ordinal) && m.Contains("unibench-", StringComparison.Ordinal)).Select(m => $"mount {m} is left"));
    }
}
