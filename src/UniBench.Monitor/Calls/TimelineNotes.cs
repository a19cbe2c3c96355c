using System.Globalization;
using System.Text.RegularExpressions;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;
using UniBench.Monitor.Segments;
using UniBench.Workloads;

namespace UniBench.Monitor.Calls;

/// <summary>--timeline: what the process runs and waits for. Nothing of it happens when nobody looks.</summary>
internal sealed partial class TimelineNotes(GuestProcess process) : CallModule(process)
{
    /// <summary>"PipeWake" reads better as "pipe wake".</summary>
    private static readonly string[] CallNames =
        [.. Enumerable.Range(0, (int)Hypercall.Count).Select(c => BetweenWords().Replace(((Hypercall)c).ToString(), " ").ToLowerInvariant())];

    /// <summary>argv[0] as ps shows it: busybox says there which program it is.</summary>
    public string CommandName => Path.GetFileName(Process.Arguments is [{ Length: > 0 } first, ..] ? first : Process.ProgramPath).TrimStart('-');

    public void Show(Hypercall call, long a, long result, long from)
    {
        IFamilyTimeline timeline = Family.Spec.Timeline!;
        long to = HostClock.Monotonic;
        string? detail = result is < 0 and > -4096 ? Errno.Name((int)-result)
            : call switch
            {
                Hypercall.Fork or Hypercall.Wait when result > 0 => string.Create(CultureInfo.InvariantCulture, $"pid {result}"),
                Hypercall.Kill => string.Create(CultureInfo.InvariantCulture, $"pid {a}"),
                Hypercall.HostRead or Hypercall.HostWrite => string.Create(CultureInfo.InvariantCulture, $"{result} bytes"),
                Hypercall.PipeWake => PipeName((ulong)a),
                _ => null,
            };
        string name = call switch
        {
            Hypercall.Park => Awaited(),
            Hypercall.Fork when (a & 1) != 0 => "vfork", // it waits until the child has another program
            Hypercall.HostRead when Process.IsRegular((ulong)a) => "file read",
            Hypercall.HostWrite when Process.IsRegular((ulong)a) => "file write",
            _ => CallNames[(int)call],
        };
        timeline.Call(Pid, name, detail, from, to);
        if (call == Hypercall.Exec && result == 0)
        {
            timeline.Runs(Pid, CommandName, to);
        }
    }

    public void ShowEnd(ExitStatus status, long from)
    {
        if (Family.Spec.Timeline is { } timeline)
        {
            long to = HostClock.Monotonic;
            timeline.Call(Pid, "exit", status.ToString(), from, to);
            timeline.Ended(Pid, status.ToString(), to);
        }
    }

    /// <summary>What it parked for, from the slots it left.</summary>
    private string Awaited()
    {
        if (Vm.Call.D > 0 || Process.ParkedOn.Length > 1)
        {
            return "poll";
        }

        if (Process.ParkedOn.Length == 0)
        {
            return (long)Vm.Call.B > 0 ? "sleep" : "pause";
        }

        return Vm.Window.At(Process.ParkedOn[0]) is Ring ring
            ? string.Create(CultureInfo.InvariantCulture, $"{(ring.EndsOf(Process) == 1 << Ring.Writer ? "write" : "read")} pipe {ring.Id}")
            : "wait for a pipe";
    }

    private string? PipeName(ulong slot) => Vm.Window.At(slot) is Ring ring ? string.Create(CultureInfo.InvariantCulture, $"pipe {ring.Id}") : null;

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex BetweenWords();
}
