using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;

namespace UniBench.Monitor.Calls;

/// <summary>Interval timers and those of timer_create: what makes their signals pending.</summary>
internal sealed class TimerCalls(GuestProcess process) : CallModule(process)
{
    private const int FirstCreated = 3;
    private GuestTimer?[]? timers;

    public long SetTimer(ulong id, long ns, long intervalNs, int kind, ulong value)
    {
        int signal = kind & 0xff;
        if (id >= GuestLayout.Timers || signal >= GuestLayout.Signals)
        {
            return -Errno.EINVAL;
        }

        timers?[id]?.Dispose();
        if (ns <= 0 || signal == 0)
        {
            return 0;
        }

        SignalInformation information = id < FirstCreated
            ? new() { Code = SignalCode.SiKernel }
            : new() { Code = SignalCode.SiTimer, Pid = (int)id, Value = value };
        if (id == GuestLayout.TimerLimit)
        {
            information.Code = SignalCode.SiKernel;
            ulong left = value;
            StartTimer(id, () => Process.Post(left-- == 0 ? Signal.SIGKILL : signal, information), kind, ns, intervalNs);
            return 0;
        }

        StartTimer(id, () => Process.PostUnlessPending(signal, information), kind, ns, intervalNs);
        return 0;
    }

    private void StartTimer(ulong id, Action expired, int kind, long ns, long intervalNs)
    {
        bool onCpuTime = kind >> 8 == GuestLayout.TimerCpu;
        timers ??= new GuestTimer?[GuestLayout.Timers];
        timers[id] = new GuestTimer(expired, onCpuTime ? Process.CpuTimeNs : null, ns, intervalNs);
    }

    public void StopTimers()
    {
        foreach (GuestTimer? timer in timers ?? [])
        {
            timer?.Dispose();
        }
    }
}
