using System.Globalization;
using UniBench.Cli.Commands;
using UniBench.Measure;
using UniBench.Reports;

namespace UniBench.Cli.Sweeping;

/// <summary>
/// The files of a sweep, which all its machines see: for each shard NUMBER.sh, which runs it, NUMBER.log, what that printed, NUMBER.exit, its exit status, and its run.
/// How a shard ended is read from these alone, whatever started it.
/// </summary>
internal sealed class SweepFolder
{
    private const int LinesOfLog = 5;
    private readonly SweepPlan plan;
    private readonly string shards;

    public SweepFolder(string directory, SweepPlan plan)
    {
        this.plan = plan;
        Directory = Path.GetFullPath(directory);
        shards = Path.Combine(Directory, "shards");
        System.IO.Directory.CreateDirectory(shards);
    }

    public string Directory { get; }

    public string Run(SweepShard shard) => Path.Combine(shards, Name(shard.Number));

    public string Script(SweepShard shard) => Run(shard) + ".sh";

    public string Log(SweepShard shard) => Run(shard) + ".log";

    private string Exit(SweepShard shard) => Run(shard) + ".exit";

    /// <summary>The file name of a shard's files, without extension.</summary>
    public static string Name(int number) => number.ToString("0000", CultureInfo.InvariantCulture);

    /// <summary>Its exit status; null as long as it has not ended.</summary>
    public int? Status(SweepShard shard)
    {
        try
        {
            return int.TryParse(File.ReadAllText(Exit(shard)).AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int status) ? status : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Why a shard that is not under way has no complete results; null when it has.</summary>
    public string? Failure(SweepShard shard)
    {
        if (Status(shard) is not { } status)
        {
            return "ended without an exit status: killed, out of time, or its machine failed";
        }

        if (status != 0)
        {
            return FormattableString.Invariant($"exit status {status}");
        }

        if (Results(shard) is not { } results)
        {
            return $"exit status 0, but there is no {Path.Combine(Run(shard), ResultsFile.Name)} that can be read";
        }

        int measured = results.Rounds.Where(r => !r.Warmup).Select(r => r.Round).Distinct().Count();
        return results.Interrupted || measured < shard.Rounds
            ? FormattableString.Invariant($"{measured} of {shard.Rounds} rounds measured{(results.Interrupted ? ", and it was cut off" : string.Empty)}")
            : null;
    }

    /// <summary>The end of what it printed.</summary>
    public string LogEnd(SweepShard shard) => File.Exists(Log(shard)) ? string.Join('\n', File.ReadLines(Log(shard)).TakeLast(LinesOfLog)) : "it printed nothing";

    /// <summary>Writes the script that runs a shard, or goes on with what it has.</summary>
    /// <param name="unibench">The words that call it.</param>
    public void Prepare(SweepShard shard, IReadOnlyList<string> unibench)
    {
        // What has all its rounds and failed is measured anew; what was cut off is gone on with.
        string again = Results(shard) is { Interrupted: false } ? "--replace" : "--resume";
        string exit = CommandLine.Quote(Exit(shard));
        string call = string.Join(' ', unibench.Concat(["run", .. shard.Arguments, "--out", Run(shard)]).Select(CommandLine.Quote));
        string rest = plan.Rest.Count == 0 ? string.Empty : string.Join(' ', plan.Rest.Prepend("--").Select(CommandLine.Quote));
        File.Delete(Exit(shard));
        File.WriteAllText(Script(shard), $"""
            #!/bin/sh
            # Shard {shard.Number} of {plan.Shards.Count}: {shard.What}.
            cd {CommandLine.Quote(plan.Directory)} || exit 1
            exec >{CommandLine.Quote(Log(shard))} 2>&1
            again=
            [ ! -e {CommandLine.Quote(Path.Combine(Run(shard), ResultsFile.Name))} ] || again={again}
            {call} $again {rest}
            status=$?
            echo $status >{exit}.tmp && mv {exit}.tmp {exit}
            exit $status

            """);
    }

    private RunResults? Results(SweepShard shard)
    {
        try
        {
            return ResultsFile.Load(Path.Combine(Run(shard), ResultsFile.Name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }
}
