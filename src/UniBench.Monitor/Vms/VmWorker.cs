using UniBench.Kvm;

namespace UniBench.Monitor.Vms;

/// <summary>A VM and the thread that runs its vCPU. The thread waits for work, spinning a little first: the next fork is often near.</summary>
internal sealed class VmWorker : IDisposable
{
    private const int StackBytes = 256 << 10;
    private readonly Parker parker = new();
    private readonly Thread thread;
    private Action? work;
    private volatile bool stopping;

    public VmWorker(UnikernelVm vm, int index)
    {
        Vm = vm;
        Index = index;
        thread = new Thread(Loop, StackBytes) { IsBackground = true, Name = $"vCPU {index}" };
        thread.Start();
    }

    public UnikernelVm Vm { get; }

    /// <summary>Where the process on this VM sleeps. It outlives the process, so a late wake-up is harmless.</summary>
    public Parker ProcessParker { get; } = new();

    /// <summary>Position in the pool's arena.</summary>
    public int Index { get; }

    /// <summary>How often the thread looks for work before it sleeps; 0 where no core is to spare.</summary>
    public static int IdleSpins { get; set; }

    /// <summary>Runs something on the thread; only when it is idle.</summary>
    public void Start(Action action)
    {
        Volatile.Write(ref work, action);
        parker.Wake();
    }

    public void Dispose()
    {
        stopping = true;
        parker.Wake();
        thread.Join();
        parker.Dispose();
        ProcessParker.Dispose();
        Vm.Dispose();
    }

    private void Loop()
    {
        while (true)
        {
            parker.Park(0, IdleSpins);
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
