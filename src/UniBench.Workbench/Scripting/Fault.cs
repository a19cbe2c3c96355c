using UniBench.Workloads;

namespace UniBench.Workbench.Scripting;

/// <summary>What happens to a stage while a launch runs: <c>.After("20ms", Kill(stage: 1))</c>. It strikes the stage's program, not what that started.</summary>
public sealed class Fault
{
    private const int Stop = 19, Continue = 18;
    private readonly (TimeSpan Later, int Signal)[] signals;

    private Fault(int stage, params (TimeSpan Later, int Signal)[] signals)
    {
        Stage = stage >= 0 ? stage : throw new ScenarioException($"stages of a pipeline are counted from 0, not {stage}");
        this.signals = signals;
    }

    internal int Stage { get; }

    /// <summary>Sends a signal, as a number: SIGKILL if not said.</summary>
    public static Fault Kill(int stage, int signal = 9) =>
        new(stage, (TimeSpan.Zero, signal is >= 1 and <= 64 ? signal : throw new ScenarioException($"signals are 1 to 64, not {signal}")));

    /// <summary>Stops the program (SIGSTOP) and continues it (SIGCONT) after a while, as in "50ms".</summary>
    public static Fault Pause(int stage, string time) => new(stage, (TimeSpan.Zero, Stop), (Milliseconds(time), Continue));

    internal IEnumerable<FaultStep> Steps(string after)
    {
        TimeSpan first = Milliseconds(after);
        return [.. signals.Select(s => new FaultStep(first + s.Later, Stage, s.Signal))];
    }

    private static TimeSpan Milliseconds(string time)
    {
        try
        {
            TimeSpan parsed = Quantity.ParseTime(time);
            return parsed.Ticks % TimeSpan.TicksPerMillisecond == 0 ? parsed : throw new ScenarioException($"'{time}': faults come at whole milliseconds");
        }
        catch (FormatException e)
        {
            throw new ScenarioException(e.Message, e);
        }
    }
}
