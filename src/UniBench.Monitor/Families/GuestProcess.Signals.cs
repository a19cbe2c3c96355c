using UniBench.Host;
using UniBench.Monitor.Abi;

namespace UniBench.Monitor.Families;

/// <summary>Signals: telling the library OS, interrupting a running program, sleeping and waking.</summary>
internal sealed partial class GuestProcess
{
    private const ulong StopSignals = (1UL << 18) | (1UL << 19) | (1UL << 20) | (1UL << 21);
    private const int FirstRealTime = 32;
    private const int MostQueued = 4096;
    private readonly Lock signalGate = new();
    private bool closed; // guarded by signalGate
    private bool started; // guarded by signalGate
    private List<(int Signal, SignalInformation Information)>? early; // guarded by signalGate
    private volatile bool stopped;
    private Dictionary<int, Queue<SignalInformation>>? queued; // guarded by signalGate; null: nothing was ever queued

    /// <summary>Ends the process wherever it is.</summary>
    public void Kill(int signal)
    {
        lock (signalGate)
        {
            if (closed)
            {
                return; // the machine may run another process by now, which would be stopped
            }

            killSignal = signal;
            Interlocked.MemoryBarrier();
            Kick();
        }
    }

    /// <summary>Makes a signal pending. The library OS acts on it when it next looks; a running program is interrupted.</summary>
    /// <remarks>SIGCONT discards stops, a stop SIGCONT, what is ignored is dropped: twin of <c>signal_raise</c> in guest/libos/pending.c, for signals from outside.</remarks>
    public void Post(int signal, in SignalInformation information)
    {
        if (signal == Signal.SIGKILL)
        {
            Kill(Signal.SIGKILL);
            return;
        }

        ulong bit = 1UL << (signal - 1);
        lock (signalGate)
        {
            if (closed)
            {
                return; // the VM may run another process by now
            }

            if (!started)
            {
                (early ??= []).Add((signal, information)); // its memory is still being made
                return;
            }

            ref ControlPage control = ref Vm.Control;
            if (signal == Signal.SIGCONT)
            {
                Interlocked.And(ref control.SigPending, ~StopSignals);
            }
            else if ((StopSignals & bit) != 0)
            {
                Interlocked.And(ref control.SigPending, ~(1UL << (Signal.SIGCONT - 1)));
            }

            ulong blocked = Volatile.Read(ref control.SigBlocked);
            if ((Volatile.Read(ref control.SigIgnored) & ~blocked & bit) != 0)
            {
                return;
            }

            if ((control.SigPending & bit) == 0)
            {
                Vm.Counters.Siginfo[signal] = information;
            }
            else if (signal >= FirstRealTime)
            {
                Enqueue(signal, information);
            }

            Interlocked.Or(ref control.SigPending, bit);
            Volatile.Write(ref control.Pending, 1);
            Interlocked.Increment(ref control.UnparkSeq);
            Interlocked.MemoryBarrier();
            Kick();
        }
    }

    /// <summary>A timer's signal: one whose last was not taken yet sends no other, it overruns.</summary>
    public void PostUnlessPending(int signal, in SignalInformation information)
    {
        lock (signalGate)
        {
            if (!closed && (Volatile.Read(ref Vm.Control.SigPending) >> (signal - 1) & 1) == 0)
            {
                Post(signal, information);
            }
        }
    }

    /// <summary>The process's memory is complete: signals that came before reach it now.</summary>
    private void AcceptSignals()
    {
        lock (signalGate)
        {
            started = true;
            early?.ForEach(e => Post(e.Signal, e.Information));
            early = null;
        }
    }

    /// <summary>The library OS took a real-time signal: the next one queued under its number becomes pending.</summary>
    public long NextSignal(int signal)
    {
        lock (signalGate)
        {
            if (queued is not null && queued.TryGetValue(signal, out Queue<SignalInformation>? queue) && queue.TryDequeue(out SignalInformation information))
            {
                ref ControlPage control = ref Vm.Control;
                ulong bit = 1UL << (signal - 1);
                Vm.Counters.Siginfo[signal] = information;
                if (queue.Count == 0)
                {
                    Interlocked.And(ref control.SigQueued, ~bit);
                }

                Interlocked.Or(ref control.SigPending, bit);
                Volatile.Write(ref control.Pending, 1);
            }
        }

        return 0;
    }

    /// <summary>The guest sees that there are more, and asks for the next when it takes the pending one.</summary>
    private void Enqueue(int signal, in SignalInformation information)
    {
        queued ??= [];
        if (!queued.TryGetValue(signal, out Queue<SignalInformation>? queue))
        {
            queued.Add(signal, queue = new Queue<SignalInformation>());
        }

        if (queue.Count == MostQueued)
        {
            return;
        }

        ref ControlPage control = ref Vm.Control;
        queue.Enqueue(information);
        Interlocked.Or(ref control.SigQueued, 1UL << (signal - 1));

        // If the guest took the pending one before it could see the mark, nobody will ask: do it now.
        if ((Volatile.Read(ref control.SigPending) & (1UL << (signal - 1))) == 0)
        {
            NextSignal(signal);
        }
    }

    public bool IgnoresOrBlocks(int signal) => ((Vm.Control.SigBlocked | Vm.Control.SigIgnored) >> (signal - 1) & 1) != 0;

    /// <summary>SIGCONT took effect.</summary>
    public void Continue()
    {
        stopped = false;
        WakeUp();
    }

    private void Kick()
    {
        WakeUp();
        if (inGuest)
        {
            Counters.Kicks++;
            Vm.Interrupt(threadId, ending: killSignal != 0);
        }
        else if (Transfers.IsInHostCall)
        {
            HostThread.Interrupt(threadId);
        }
    }

    public bool SignalDue()
    {
        ref ControlPage control = ref Vm.Control;
        return killSignal != 0 || (Volatile.Read(ref control.SigPending) & ~Volatile.Read(ref control.SigBlocked)) != 0;
    }

    /// <summary>Takes a pending stop signal. The family's gate is held, so no SIGCONT comes between this and the stop.</summary>
    /// <returns>False: a SIGCONT has discarded it.</returns>
    public bool TakeStop(int signal)
    {
        ulong bit = 1UL << (signal - 1);
        return (Interlocked.And(ref Vm.Control.SigPending, ~bit) & bit) != 0;
    }

    /// <summary>The process no longer runs, from the moment on that the family knows.</summary>
    public void BeginStop() => stopped = true;

    public long StopUntilContinued(int signal)
    {
        family.Stop(this, signal);
        while (stopped && killSignal == 0)
        {
            Sleep(0, spin: false);
        }

        return 0;
    }

    /// <summary>The machine was stopped from outside. If the program itself was running and a signal is due, the library OS takes over.</summary>
    private void InterruptProgram()
    {
        if (killSignal == 0 && Vm.Control.Pending != 0 && SignalDue())
        {
            Vm.EnterLibraryOs();
        }
    }
}
