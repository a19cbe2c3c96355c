using UniBench.Host;

namespace UniBench.Monitor.Machines;

/// <summary>A machine and the thread that runs it. The thread waits for work, spinning a little first: the next fork is often near.</summary>
internal sealed class MachineWorker : IDisposable
{
    private const int StackBytes = 256 << 10;
    private readonly Parker parker = new();
    private const int IdleSpins = 150; // about 50 us
    private readonly Func<bool> hasIdleCore;
    private readonly Thread thread;
    private readonly ManualResetEventSlim ready = new();
    private int threadId;
    private int cpu = -1;
    private bool isScheduledByHost;
    private CpuMask? confinement;
    private Action? work;
    private volatile bool stopping;
    private bool retired;

    /// <exception cref="HostException">The host gave no thread.</exception>
    /// <param name="hasIdleCore">Whether spinning for work takes nothing from a thread that has some.</param>
    public MachineWorker(Machine vm, int index, Func<bool> hasIdleCore)
    {
        this.hasIdleCore = hasIdleCore;
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
            parker.Dispose();
            ProcessParker.Dispose();
            HostWaiter.Dispose();
            ready.Dispose();
            throw new HostException("the host gave no thread for another machine: its limit on threads (ulimit -u, pids.max) is reached", e);
        }
    }

    public Machine Vm { get; }

    /// <summary>Where the process on this machine sleeps. It outlives the process, so a late wake-up is harmless.</summary>
    public Parker ProcessParker { get; } = new();

    /// <summary>The same for sleeping on descriptors of the host.</summary>
    public HostWaiter HostWaiter { get; } = new();

    /// <summary>Number among all machines that were ever made.</summary>
    public int Index { get; }

    /// <summary>Runs something on the thread, on that CPU; only when it is idle.</summary>
    public void Start(Action action, int onCpu)
    {
        MoveTo(onCpu);
        Vm.Begin();
        Volatile.Write(ref work, action);
        parker.Wake();
    }

    /// <summary>Makes the idle machine as new, on its thread.</summary>
    /// <returns>False where that cannot be: it must be thrown away.</returns>
    public bool Renew()
    {
        bool isNew = false;
        using ManualResetEventSlim done = new();
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
        parker.Wake();
        done.Wait();
        return isNew;
    }

    /// <summary>CPUs that the next process's family may use.</summary>
    public void Confine(CpuMask cpus)
    {
        isScheduledByHost = Vm.Confine(cpus);
        if (isScheduledByHost && confinement != cpus)
        {
            confinement = cpus;
            ready.Wait();
            HostThread.SetAffinity(threadId, cpus);
        }
    }

    /// <summary>Lets the thread run on that CPU only, unless the host schedules this machine. Two that ask at once leave it on either.</summary>
    public void MoveTo(int onCpu)
    {
        if (!isScheduledByHost && Volatile.Read(ref cpu) != onCpu)
        {
            ready.Wait();
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
        parker.Wake();
        thread.Join();
        Release();
    }

    private void Release()
    {
        parker.Dispose();
        ProcessParker.Dispose();
        HostWaiter.Dispose();
        ready.Dispose();
        Vm.Dispose();
    }

    private void Loop()
    {
        threadId = HostThread.CurrentId;
        HostThread.LeaveSharedFileState();
        ready.Set();
        while (true)
        {
            if (!stopping)
            {
                parker.Park(0, hasIdleCore() ? IdleSpins : 0);
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
