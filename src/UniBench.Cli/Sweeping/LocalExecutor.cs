using System.Diagnostics;
using System.Globalization;
using UniBench.Host;

namespace UniBench.Cli.Sweeping;

/// <summary>One shard behind the other on this machine: two at a time would disturb each other's numbers.</summary>
internal sealed class LocalExecutor(SweepFolder folder) : ISweepExecutor
{
    private static readonly TimeSpan OwnEnd = TimeSpan.FromSeconds(5);

    public IReadOnlyList<string> UnderWay() => [];

    public void Run(IReadOnlyList<SweepShard> shards, Action<string> tell, Action<SweepShard> ended, CancellationToken cancellation)
    {
        foreach (SweepShard shard in shards)
        {
            cancellation.ThrowIfCancellationRequested();
            tell(FormattableString.Invariant($"shard {shard.Number}: {shard.What}"));
            using Process process = Process.Start(new ProcessStartInfo("/bin/sh", [folder.Script(shard)]))!;
            try
            {
                process.WaitForExitAsync(cancellation).GetAwaiter().GetResult();
            }
            catch (OperationCanceledException)
            {
                // The terminal tells all of its processes; what was sent to this one alone is passed on.
                if (!process.WaitForExit(OwnEnd))
                {
                    Interrupt(process.Id);
                    process.WaitForExit();
                }

                throw;
            }

            ended(shard);
        }
    }

    private static void Interrupt(int shell)
    {
        foreach (string pid in File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{shell}/task/{shell}/children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            HostProcess.Kill(int.Parse(pid, CultureInfo.InvariantCulture), Signal.SIGINT);
        }
    }
}
