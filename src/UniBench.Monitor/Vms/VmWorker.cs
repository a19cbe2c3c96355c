using UniBench.Kvm;

namespace UniBench.Monitor.Vms;

/// <summary>A VM and the thread that runs its vCPU. The thread waits for work, spinning a little first: the next fork is often near.</summary>
internal sealed class VmWorker : IDisposable
{
    private const int StackBytes = 256 << 10;
    private readonly Parker parker = new();
    private const int IdleSpins = 150; // about 50 us
    private readonly Func<bool> hasIdleCore;
    private readonly Thread thread;
    private readonly ManualResetEventSlim ready = new();
    private int threadId;
    private int cpu = -1;
    private Action? work;
    private volatile bool stopping;

    /// <exception cref="KvmException">The host gave no thread.</exception>
    /// <param name="hasIdleCore">Whether spinning for work takes nothing from a thread that has some.</param>
    public VmWorker(UnikernelVm vm, int index, Func<bool> hasIdleCore)
    {
        this.hasIdleCore = hasIdleCore;
        Vm = vm;
        Index = index;
        thread = new Thread(Loop, StackBytes) { IsBackground = true, Name = $"vCPU {index}" };
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
            throw new KvmException("the host gave no thread for another VM: its limit on threads (ulimit -u, pids.max) is reached", e);
        }
    }

    public UnikernelVm Vm { get; }

    /// <summary>Where the process on this VM sleeps. It outlives the process, so a late wake-up is harmless.</summary>
    public Parker ProcessParker { get; } = new();

    /// <summary>The same for sleeping on descriptors of the host.</summary>
    public HostWaiter HostWaiter { get; } = new();

    /// <summary>Position in the pool's arena.</summary>
    public int Index { get; }

    /// <summary>Runs something on the thread, on that CPU; only when it is idle.</summary>
    public void Start(Action action, int onCpu)
    {
        MoveTo(onCpu);
        Volatile.Write(ref work, action);
        parker.Wake();
    }

    /// <summary>Lets the thread run on that CPU only. Two that ask at once leave it on either.</summary>
    public void MoveTo(int onCpu)
    {
        if (Volatile.Read(ref cpu) != onCpu)
        {
            ready.Wait();
            Volatile.Write(ref cpu, onCpu);
            HostThread.SetAffinity(threadId, CpuMask.Only(onCpu));
        }
    }

    public void Dispose()
    {
        stopping = true;
        parker.Wake();
        thread.Join();
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
            parker.Park(0, hasIdleCore() ? IdleSpins : 0);
            if (stopping)
            {
                return;
            }

            if (Interlocked.Exchange(ref work, null) is { } action)
            {
                action();
            }
        }
    }
}
