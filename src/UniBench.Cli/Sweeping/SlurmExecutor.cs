using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using UniBench.Cli.Commands;
using UniBench.Workbench;

namespace UniBench.Cli.Sweeping;

/// <summary>Shards as job arrays of Slurm, a whole node for each; what they are is in readable files, and how they ended in those that they write: no accounting is needed.</summary>
/// <param name="options">Further options of sbatch.</param>
/// <param name="pause">Between two looks.</param>
/// <param name="commands">Where Slurm's commands are; null: on the PATH.</param>
internal sealed class SlurmExecutor(SweepFolder folder, string name, IReadOnlyList<string> options, TimeSpan pause, string? commands = null) : ISweepExecutor
{
    private const string Jobs = "jobs";
    private const int UsualMostOfArray = 1001;

    // Files of other nodes are seen late on a network file system.
    private const int LooksAfterTheEnd = 5;

    private string JobsFile => Path.Combine(folder.Directory, Jobs);

    public void Run(IReadOnlyList<SweepShard> shards, Action<string> tell, Action<SweepShard> ended, CancellationToken cancellation)
    {
        int most = MostOfArray();
        List<string> jobs = [];
        foreach (IGrouping<int, SweepShard> chunk in shards.GroupBy(s => s.Number / most))
        {
            string file = Path.Combine(folder.Directory, FormattableString.Invariant($"sweep-{chunk.Key}.sbatch"));
            File.WriteAllText(file, Script(chunk.Key * most, [.. chunk.Select(s => s.Number)]));
            string job = Call("sbatch", "--parsable", file).Trim().Split(';')[0];
            jobs.Add(job);
            File.WriteAllLines(JobsFile, jobs);
            tell($"job {job}: {chunk.Count()} shards, {file}");
        }

        Wait(shards, jobs, tell, ended, cancellation);
    }

    public IReadOnlyList<string> UnderWay() => File.Exists(JobsFile) && File.ReadAllLines(JobsFile) is { Length: > 0 } jobs && Queued(jobs) is { Count: > 0 } queued
        ? [.. queued.Select(q => q.Job).Distinct()]
        : [];

    /// <summary>Array indices begin anew in each chunk: Slurm limits them.</summary>
    private string Script(int first, IReadOnlyList<int> numbers)
    {
        string directory = CommandLine.Quote(folder.Directory);
        string more = string.Concat(options.Select(o => $"#SBATCH {o}\n"));
        return $"""
            #!/bin/sh
            #SBATCH --job-name={name}
            #SBATCH --array={string.Join(',', numbers.Select(n => (n - first).ToString(CultureInfo.InvariantCulture)))}
            #SBATCH --nodes=1
            #SBATCH --exclusive
            #SBATCH --no-requeue
            #SBATCH --output={folder.Directory}/slurm-%A_%a.out
            {more}# A node for each shard, and nobody else on it.
            exec sh {directory}/shards/$(printf %04d $((SLURM_ARRAY_TASK_ID + {first}))).sh

            """;
    }

    private void Wait(IReadOnlyList<SweepShard> shards, IReadOnlyList<string> jobs, Action<string> tell, Action<SweepShard> ended, CancellationToken cancellation)
    {
        List<SweepShard> open = [.. shards];
        string last = "";
        for (int gone = 0; open.Count > 0 && gone < LooksAfterTheEnd;)
        {
            List<(string Job, string State, string Reason)>? queued = Queued(jobs);
            foreach (SweepShard shard in open.Where(s => folder.Status(s) is not null).ToList())
            {
                open.Remove(shard);
                ended(shard);
            }

            if (queued is not null)
            {
                gone = queued.Count == 0 ? gone + 1 : 0;
                string now = string.Join(", ", queued.GroupBy(q => q.Reason is "None" or "" ? q.State : $"{q.State} ({q.Reason})").Select(g => FormattableString.Invariant($"{g.Count()} {g.Key.ToLowerInvariant()}")));
                if (now != last && now.Length > 0)
                {
                    tell(now);
                }

                last = now;
            }

            if (open.Count > 0 && cancellation.WaitHandle.WaitOne(pause))
            {
                tell($"no longer waiting; the jobs go on: scancel {string.Join(' ', jobs)} ends them");
                cancellation.ThrowIfCancellationRequested();
            }
        }

        open.ForEach(ended); // without a status, which is told
    }

    /// <summary>Tasks of the jobs that wait or run; null when Slurm gives no answer now.</summary>
    private List<(string Job, string State, string Reason)>? Queued(IReadOnlyList<string> jobs)
    {
        (int code, string output, string errors) = Execute("squeue", "--noheader", "--array", $"--jobs={string.Join(',', jobs)}", "--format=%F|%T|%r");
        return code == 0 ? [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('|')).Where(p => p.Length == 3).Select(p => (p[0].Trim(), p[1].Trim(), p[2].Trim()))]
            : errors.Contains("Invalid job id", StringComparison.Ordinal) ? [] // forgotten, as jobs are some minutes after their end
            : null;
    }

    private int MostOfArray()
    {
        string? line = Call("scontrol", "show", "config").Split('\n').FirstOrDefault(l => l.StartsWith("MaxArraySize", StringComparison.Ordinal));
        return int.TryParse(line?.Split('=')[^1].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int most) && most > 1 ? most - 1 : UsualMostOfArray - 1;
    }

    private string Call(string program, params string[] arguments)
    {
        (int code, string output, string errors) = Execute(program, arguments);
        return code == 0 ? output : throw new UsageException(FormattableString.Invariant($"{program}: exit status {code}: {errors.Trim()}"));
    }

    private (int Code, string Output, string Errors) Execute(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(commands is null ? program : Path.Combine(commands, program), arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, errors.Result);
        }
        catch (Win32Exception e)
        {
            throw new UsageException($"{program}: {e.Message}: --on slurm needs Slurm's commands (apt-get install slurm-client)");
        }
    }
}
