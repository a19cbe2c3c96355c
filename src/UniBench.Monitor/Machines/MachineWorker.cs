using UniBench.Host;
using UniBench.Host.Filters;

namespace UniBench.Monitor.Machines;

/// <summary>A machine and the thread that runs it. The thread waits for work, spinning a little first: the next fork is often near.</summary>
internal sealed class MachineWorker : IDisposable
{
    private const int StackBytes = 256 << 10;
    private const int IdleSpins = 150; // about 50 us
    private readonly Func<bool> hasIdleCore;
    private readonly SystemCallFilter? filter;
    private readonly Thread thread;
    private readonly ManualResetEventSlim ready = new();
    private int threadId;
    private int cpu = -1;
    private bool isScheduledByHost;
    private CpuMask? confinement;
    private Action? work;
    private volatile bool stopping;
    private bool retired;
    private HostException? refusal; // of the filter

    /// <exception cref="HostException">The host gave no thread, or no filter.</exception>
    /// <param name="hasIdleCore">Whether spinning for work takes nothing from a thread that has some.</param>
    /// <param name="filter">For its thread; null: none.</param>
    public MachineWorker(Machine vm, int index, Func<bool> hasIdleCore, SystemCallFilter? filter)
    {
        this.hasIdleCore = hasIdleCore;
        this.filter = filter;
        Vm = vm;
        Index = index;
        thread = new Thread(Loop, StackBytes) { IsBackground = true, Name = $"machine {index}" };
        try
        {
            thread.Start();
        }
        catch (OutOfMemoryException e)
        {
            // What .NET says when the host gives no thread.
            ReleaseOwn();
            throw new HostException("the host gave no thread for another machine: its limit on threads (ulimit -u, pids.max) is reached", e);
        }

        ready.Wait();
        if (refusal is not null)
        {
            thread.Join();
            ReleaseOwn();
            throw refusal;
        }
    }

    public Machine Vm { get; }

    /// <summary>Where the process on this machine sleeps. It outlives the process, so a late wake-up is harmless.</summary>
    public Parker ProcessParker { get; } = new();

    /// <summary>The same for sleeping on descriptors of the host.</summary>
    public HostWaiter HostWaiter { get; } = new();

    /// <summary>The host's id of the thread.</summary>
    public int ThreadId => threadId;

    /// <summary>Number among all machines that were ever made.</summary>
    public int Index { get; }

    /// <summary>Runs something on the thread, on that CPU; only when it is idle.</summary>
    public void Start(Action action, int onCpu)
    {
        MoveTo(onCpu);
        Volatile.Write(ref work, action);
        Vm.Begin();
        if (!Vm.RunsByItself)
        {
            Vm.CallWorker();
        }
    }

    /// <summary>Makes the idle machine as new, on its thread.</summary>
    /// <returns>Waits for that; false where it cannot be: the machine must be thrown away.</returns>
    public Func<bool> BeginRenewal()
    {
        if (Vm.IsSpent || !Vm.CanRenew)
        {
            return () => false;
        }

        bool isNew = false;
        ManualResetEventSlim done = new();
        Volatile.Write(ref work, () =>
        {
            try
            {
                isNew = Vm.Renew();
            }
            catch (HostException)
            {
                // What the host refused was not done.
            }
            finally
            {
                done.Set();
            }
        });
        Vm.CallWorker();
        return () =>
        {
            done.Wait();
            done.Dispose();
            return isNew;
        };
    }

    /// <summary>CPUs that the next process's family may use.</summary>
    public void Confine(CpuMask cpus)
    {
        isScheduledByHost = Vm.Confine(cpus);
        if (isScheduledByHost && confinement != cpus)
        {
            confinement = cpus;
            HostThread.SetAffinity(threadId, cpus);
        }
    }

    /// <summary>Lets the thread run on that CPU only, unless the host schedules this machine. Two that ask at once leave it on either.</summary>
    public void MoveTo(int onCpu)
    {
        if (!isScheduledByHost && Volatile.Read(ref cpu) != onCpu)
        {
            Volatile.Write(ref cpu, onCpu);
            HostThread.SetAffinity(threadId, CpuMask.Only(onCpu));
        }
    }

    /// <summary>The thread ends when it next has nothing to do, and takes the machine with it. On that thread.</summary>
    public void Retire()
    {
        retired = true;
        stopping = true;
    }

    public void Dispose()
    {
        stopping = true;
        do
        {
            Vm.CallWorker();
        }
        while (!thread.Join(100)); // a guest can take a sandboxed process's wake-up away
        Release();
    }

    private void Release()
    {
        ReleaseOwn();
        Vm.Dispose();
    }

    private void ReleaseOwn()
    {
        ProcessParker.Dispose();
        HostWaiter.Dispose();
        ready.Dispose();
    }

    private void Loop()
    {
        threadId = HostThread.CurrentId;
        HostThread.LeaveSharedFileState();
        try
        {
            filter?.Install();
        }
        catch (HostException e)
        {
            refusal = e;
            stopping = true;
        }

        ready.Set();
        while (true)
        {
            if (!stopping)
            {
                Vm.AwaitWork(hasIdleCore() ? IdleSpins : 0);
            }

            if (stopping)
            {
                if (retired)
                {
                    Vm.Dispose();
                }

                return;
            }

            if (Interlocked.Exchange(ref work, null) is { } action)
            {
                action();
            }
        }
    }
}
