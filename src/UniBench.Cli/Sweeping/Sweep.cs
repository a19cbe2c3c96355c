using UniBench.Cli.Commands;

namespace UniBench.Cli.Sweeping;

/// <summary>Runs what is missing of a sweep and says of each shard how it ended.</summary>
internal sealed class Sweep(SweepPlan plan, SweepFolder folder, ISweepExecutor executor, CommandLine line)
{
    /// <returns>The exit status: 0 when every shard has its results, else that of the first that has not.</returns>
    public int Run(CancellationToken cancellation)
    {
        if (executor.UnderWay() is { Count: > 0 } jobs)
        {
            line.Errors.WriteLine($"unibench: jobs of an earlier call are still under way: {string.Join(", ", jobs)}: wait for them, or end them with scancel {string.Join(' ', jobs)}");
            return ExitCodes.Interrupted;
        }

        SweepShard[] open = [.. plan.Shards.Where(s => folder.Failure(s) is not null)];
        foreach (SweepShard shard in open)
        {
            folder.Prepare(shard, OwnProgram());
        }

        Tell($"{plan.Shards.Count - open.Length} of {plan.Shards.Count} shards have their results");
        try
        {
            executor.Run(open, Tell, Ended, cancellation);
        }
        catch (OperationCanceledException)
        {
            line.Errors.WriteLine($"unibench: interrupted; {GoOn}");
            return ExitCodes.Interrupted;
        }

        SweepShard[] failed = [.. open.Where(s => folder.Failure(s) is not null)];
        if (failed.Length == 0)
        {
            return ExitCodes.Ok;
        }

        line.Errors.WriteLine($"unibench: {failed.Length} of {plan.Shards.Count} shards have no complete results, so nothing was merged; {GoOn}");
        string[] good = [.. plan.Shards.Except(failed).Select(folder.Run)];
        if (good.Length > 0)
        {
            line.Errors.WriteLine($"unibench: what there is becomes a run with: unibench merge {string.Join(' ', good.Select(CommandLine.Quote))} --out DIR --despite distance,speed");
        }

        return folder.Status(failed[0]) is { } status and not 0 ? status : ExitCodes.WorkloadFailed;
    }

    private static string GoOn => "the same command with --resume runs what is missing";

    private void Ended(SweepShard shard)
    {
        if (folder.Failure(shard) is { } why)
        {
            line.Errors.WriteLine($"unibench: shard {shard.Number} ({shard.What}) failed: {why}; {folder.Log(shard)} ends with:\n{folder.LogEnd(shard)}");
            return;
        }

        Tell($"shard {shard.Number} ({shard.What}) has its results");
    }

    private void Tell(string text) => line.Errors.WriteLine($"unibench: {text}");

    /// <summary>The words that call this very unibench.</summary>
    private static string[] OwnProgram()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "unibench");
        string? running = Environment.ProcessPath;
        return File.Exists(program) && running == program ? [program]
            : [Path.GetFileNameWithoutExtension(running) == "dotnet" ? running! : "dotnet", typeof(Sweep).Assembly.Location];
    }
}
