using System.Diagnostics;
using UniBench.Kvm;
using UniBench.Monitor;

namespace UniBench.Backends;

/// <summary>Linux processes that were started together: waits for them, kills them, sums what they used.</summary>
internal sealed class SpawnedFamily(ResourceGroup? group)
{
    private const int PollMs = 1;
    private readonly List<int> pids = [];
    private readonly Dictionary<int, HostProcessEnd> ends = [];

    public IReadOnlyList<ExitStatus> Statuses => [.. pids.Select(p => ExitStatus.FromWaitWord(ends[p].WaitWord))];

    public TimeSpan User => TimeSpan.FromMicroseconds(ends.Values.Sum(e => e.UserUs));

    public TimeSpan System => TimeSpan.FromMicroseconds(ends.Values.Sum(e => e.SystemUs));

    public long MaxRssBytes => ends.Values.Max(e => e.MaxRssBytes);

    /// <summary>Starts one process, pinned if CPUs are given, in the cgroups of the calling thread.</summary>
    /// <exception cref="EngineException">It could not be started.</exception>
    public void Start(ProcessSpec spec, IReadOnlyList<string> environment, IReadOnlyList<int> descriptors, IReadOnlyList<int> cpus)
    {
        CpuMask before = HostThread.GetAffinity();
        int pid;
        try
        {
            if (cpus.Count > 0)
            {
                HostThread.SetAffinity(new CpuMask(cpus));
            }

            pid = HostProcess.Spawn(spec.Path, spec.Arguments, environment, descriptors, pids.Count > 0 ? pids[0] : 0);
        }
        finally
        {
            if (cpus.Count > 0)
            {
                HostThread.SetAffinity(before);
            }
        }

        if (pid < 0)
        {
            KillAll();
            throw new EngineException($"posix_spawn of {spec.Path}: {Errno.Name(-pid)}");
        }

        pids.Add(pid);
    }

    /// <summary>Waits until all have ended, orphans in the group too; kills them when the time is over or the caller cancels.</summary>
    public FamilyOutcome WaitForEnd(TimeSpan? limit, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        FamilyOutcome outcome = FamilyOutcome.Completed;
        using ManualResetEventSlim reaped = new();
        Thread reaper = new(Reap) { IsBackground = true, Name = "wait4" };
        reaper.Start();
        while (true)
        {
            TimeSpan left = limit is { } all ? all - Stopwatch.GetElapsedTime(started) : TimeSpan.FromDays(1);
            try
            {
                if (left > TimeSpan.Zero && reaped.Wait(left, cancellation))
                {
                    break;
                }

                outcome = FamilyOutcome.TimedOut;
            }
            catch (OperationCanceledException)
            {
                outcome = FamilyOutcome.Cancelled;
            }

            KillAll();
            reaped.Wait(CancellationToken.None);
            break;
        }

        reaper.Join();
        while (outcome == FamilyOutcome.Completed && group?.Processes().Count > 0)
        {
            // Orphans of the workload go on; it ends with the last of them.
            if (cancellation.IsCancellationRequested || (limit is { } all && Stopwatch.GetElapsedTime(started) > all))
            {
                outcome = cancellation.IsCancellationRequested ? FamilyOutcome.Cancelled : FamilyOutcome.TimedOut;
                group.KillAll();
            }

            Thread.Sleep(PollMs);
        }

        return outcome;

        void Reap()
        {
            foreach (int pid in pids)
            {
                HostProcessEnd end = HostProcess.Wait(pid, block: true)!.Value;
                lock (ends)
                {
                    ends[pid] = end;
                }
            }

            reaped.Set();
        }
    }

    public void KillAll()
    {
        lock (ends)
        {
            foreach (int pid in pids.Where(p => !ends.ContainsKey(p)))
            {
                HostProcess.Kill(pid, 9);
            }
        }

        if (pids.Count > 0)
        {
            HostProcess.Kill(-pids[0], 9);
        }

        group?.KillAll();
    }
}
