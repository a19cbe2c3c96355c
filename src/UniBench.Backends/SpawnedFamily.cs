using System.Diagnostics;
using UniBench.Host;
using UniBench.Workloads;

namespace UniBench.Backends;

/// <summary>Linux processes that are started together and end together.</summary>
/// <remarks>
/// One thread of their own starts and reaps them. It moves into the group and onto the CPUs before the clock starts and ends
/// inside, so that neither costs the workload anything: what a thread starts is born in its group and on its CPUs.
/// </remarks>
/// <param name="group">Null: rusage of wait4 and the process group have to do, and small processes start the workload's, which would inherit this one's peak memory.</param>
/// <param name="onTerminal">The processes read from the terminal, so they stay in this process's (foreground) process group.</param>
/// <param name="running">Called once all run, with a way to signal one by its place: false when it has ended. Null: nobody will.</param>
internal sealed class SpawnedFamily(ResourceGroup? group, bool onTerminal = false, Action<Func<int, int, bool>>? running = null)
{
    private const int PollMs = 1;
    private static readonly HostProcessEnd NeverStarted = new(ExitStatus.Killed(Host.Signal.SIGKILL).WaitWord, 0, 0, 0);
    private readonly Lock gate = new();
    private readonly List<int> pids = [];
    private readonly List<HostProcessEnd> ends = [];
    private readonly List<IDisposable> noted = []; // for when this process is killed
    private readonly List<HostProcessReference?> references = []; // only where signals will be sent
    private readonly List<SmallStarter> starters = []; // only where there is no group
    private long startedAt;
    private bool killed;
    private bool over;
    private FamilyRun? result;
    private Exception? failure;

    /// <summary>Starts the processes and waits until all have ended, orphans too; kills them when the time is over or the caller cancels.</summary>
    /// <param name="allStarted">Called once all run; closes what only they should hold.</param>
    /// <param name="cpus">Empty: no pinning; several: each start is pinned to one of them, in turn.</param>
    /// <exception cref="LaunchException">One could not be started; none of the others is left.</exception>
    public FamilyRun Run(IReadOnlyList<ProcessStart> starts, Action allStarted, IReadOnlyList<int> cpus, TimeSpan? limit, CancellationToken cancellation)
    {
        WorkloadReaper.Start();
        using ManualResetEventSlim ended = new();
        Thread starter = new(() => StartAndReap(starts, allStarted, cpus, ended)) { IsBackground = true, Name = "process starter" };
        starter.Start();
        FamilyOutcome outcome = FamilyOutcome.Completed;
        try
        {
            if (!ended.Wait(limit ?? Timeout.InfiniteTimeSpan, cancellation))
            {
                outcome = FamilyOutcome.TimedOut;
            }
        }
        catch (OperationCanceledException)
        {
            outcome = FamilyOutcome.Cancelled;
        }

        if (outcome != FamilyOutcome.Completed)
        {
            KillAll();
        }

        starter.Join();
        return failure switch
        {
            null => result! with { Outcome = outcome },
            LaunchException e => throw e,
            _ => throw new LaunchException($"processes could not be started: {failure.Message}", failure),
        };
    }

    private static string Hint(int errno) => errno switch
    {
        Errno.ENOENT => ": no such program, or its interpreter is missing",
        Errno.EACCES => ": no permission to run it",
        Errno.ENOEXEC => ": not a program for this machine",
        Errno.EAGAIN => ": too many processes: see `ulimit -u`",
        _ => string.Empty,
    };

    private static TimeSpan OwnCpuTime()
    {
        (long user, long system) = HostThread.CpuTime();
        return TimeSpan.FromMicroseconds(user + system);
    }

    private void StartAndReap(IReadOnlyList<ProcessStart> starts, Action allStarted, IReadOnlyList<int> cpus, ManualResetEventSlim ended)
    {
        try
        {
            group?.Enter();
            if (cpus.Count > 0)
            {
                HostThread.SetAffinity(new CpuMask([cpus[0]]));
            }

            (TimeSpan User, TimeSpan System)? groupBefore = group?.CpuTime();
            MakeStarters(starts, cpus);
            TimeSpan ownBefore = OwnCpuTime();
            startedAt = Stopwatch.GetTimestamp();
            TimeSpan wall = StartAll(starts, allStarted, cpus);
            while (OrphansLeft())
            {
                Thread.Sleep(PollMs);
                wall = Stopwatch.GetElapsedTime(startedAt);
            }

            TimeSpan own = OwnCpuTime() - ownBefore;
            (TimeSpan user, TimeSpan system) = groupBefore is { } before ? GroupCpuTime(before, own) : WaitedCpuTime();
            result = new FamilyRun(
                FamilyOutcome.Completed,
                [.. ends.Select(e => ExitStatus.FromWaitWord(e.WaitWord))],
                startedAt,
                wall,
                user,
                system,
                own,
                group?.PeakMemoryBytes() ?? ends.Max(e => e.MaxRssBytes));
        }
#pragma warning disable CA1031 // carried to the caller's thread, which throws it
        catch (Exception e)
#pragma warning restore CA1031
        {
            failure = e;
        }
        finally
        {
            lock (gate)
            {
                over = true; // from here on the numbers may belong to other processes
                references.ForEach(r => r?.Dispose());
                noted.ForEach(n => n.Dispose());
            }

            starters.ForEach(s => s.Dispose());
            ended.Set();
        }
    }

    /// <summary>Before the clock starts; what one starts has its CPUs.</summary>
    private void MakeStarters(IReadOnlyList<ProcessStart> starts, IReadOnlyList<int> cpus)
    {
        for (int i = 0; i < starts.Count && group is null; i++)
        {
            Spread(i, cpus);
            starters.Add(new SmallStarter(starts[i]));
        }
    }

    /// <summary>With several CPUs each start is pinned to one.</summary>
    private static void Spread(int index, IReadOnlyList<int> cpus)
    {
        if (cpus.Count > 1)
        {
            HostThread.SetAffinity(new CpuMask([cpus[index % cpus.Count]]));
        }
    }

    /// <returns>Time from just before the first was started until the last was reaped.</returns>
    private TimeSpan StartAll(IReadOnlyList<ProcessStart> starts, Action allStarted, IReadOnlyList<int> cpus)
    {
        try
        {
            for (int i = 0; i < starts.Count; i++)
            {
                Spread(i, cpus);
                Start(starts[i]);
            }

            running?.Invoke(Signal);
        }
        catch
        {
            KillAll();
            throw;
        }
        finally
        {
            allStarted();
            foreach (int pid in pids)
            {
                ends.Add(pid == 0 ? NeverStarted : HostProcess.Wait(pid, block: true)!.Value);
            }
        }

        return Stopwatch.GetElapsedTime(startedAt);
    }

    private void Start(ProcessStart start)
    {
        lock (gate)
        {
            if (killed)
            {
                pids.Add(0);
                return;
            }

            ProcessSpec spec = group?.Inside(start.Spec) ?? start.Spec;
            int processGroup = onTerminal ? ProcessGroup.Own : pids.FirstOrDefault();
            int pid;
            if (group is not null)
            {
                pid = HostProcess.Spawn(spec.Path, spec.Arguments, start.Environment, start.Directory, start.Descriptors, processGroup);
            }
            else
            {
                (pid, long at) = starters[pids.Count].Start(processGroup);
                startedAt = pids.Count == 0 ? at : startedAt;
            }

            if (pid < 0)
            {
                throw new LaunchException($"execve of {start.Spec.Path} in {start.Directory}: {Errno.Name(-pid)}{Hint(-pid)}");
            }

            if (onTerminal || pids.Count == 0)
            {
                noted.Add(onTerminal ? WorkloadReaper.NoteProcess(pid) : WorkloadReaper.NoteProcessGroup(pid));
            }

            pids.Add(pid);
            references.Add(running is null ? null : new HostProcessReference(pid));
        }
    }

    private bool Signal(int index, int signal)
    {
        lock (gate)
        {
            return !killed && !over && references[index]!.Signal(signal);
        }
    }

    /// <summary>What the group used without the starter's own part, which is nearly all system time.</summary>
    private (TimeSpan User, TimeSpan System) GroupCpuTime((TimeSpan User, TimeSpan System) before, TimeSpan starter)
    {
        (TimeSpan user, TimeSpan system) = group!.CpuTime();
        user -= before.User;
        system -= before.System + (group.CountsStarter ? starter : TimeSpan.Zero);
        return system >= TimeSpan.Zero ? (user, system) : (TimeSpan.FromTicks(Math.Max(0, (user + system).Ticks)), TimeSpan.Zero);
    }

    private (TimeSpan User, TimeSpan System) WaitedCpuTime() =>
        (TimeSpan.FromMicroseconds(ends.Sum(e => e.UserUs)), TimeSpan.FromMicroseconds(ends.Sum(e => e.SystemUs)));

    private bool OrphansLeft() => group is not null ? group.Processes().Count > 0 : !onTerminal && ProcessGroup.IsAlive(pids[0]);

    private void KillAll()
    {
        lock (gate)
        {
            killed = true;
            if (over)
            {
                return;
            }

            foreach (int pid in pids.Where(p => p != 0).Take(onTerminal ? pids.Count : 1))
            {
                HostProcess.Kill(onTerminal ? pid : -pid, Host.Signal.SIGKILL);
            }
        }

        group?.KillAll();
    }
}
