using System.Globalization;
using System.Text;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;
using UniBench.Monitor.Memory;
using UniBench.Workloads;

namespace UniBench.Monitor.Calls;

/// <summary>The end of a process that did something nobody handles: a report, and the signal as its status.</summary>
internal sealed class CrashReporter(GuestProcess process) : CallModule(process)
{
    private const int MostFrames = 6;
    private const int HistoryLength = 16;
    private readonly (Hypercall Call, long A, long B, long Result)[] history = new (Hypercall, long, long, long)[HistoryLength];
    private int historyAt;

    /// <summary>A hypercall comes: a report shows the last ones.</summary>
    public void Begins(Hypercall call, long a, long b) => history[historyAt++ % HistoryLength] = (call, a, b, 0);

    /// <summary>It was served.</summary>
    public void Ends(long result) => history[(historyAt - 1) % HistoryLength].Result = result;

    /// <summary>The library OS reports an exception that no handler takes.</summary>
    public long CrashByFault(int signal)
    {
        Entry.DumpedCore = (signal & GuestProcess.CoreDumped) != 0;
        signal &= ~GuestProcess.CoreDumped;
        signal = signal is > 0 and < GuestLayout.Signals ? signal : Signal.SIGSEGV;
        ref ControlPage control = ref Vm.Control;
        string what = control.CrashVector == 14
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{((control.CrashError & 16) != 0 ? "jump to" : (control.CrashError & 2) != 0 ? "write to" : "read of")} 0x{control.CrashAddress:x}, which is {((control.CrashError & 1) != 0 ? "not allowed there" : "not mapped")}")
            : string.Create(CultureInfo.InvariantCulture, $"exception vector {control.CrashVector}, error 0x{control.CrashError:x}");
        Report(signal, what, control.CrashRegisters);
        Process.EndBy(ExitStatus.Killed(signal));
        return 0;
    }

    /// <summary>The machine or the monitor gave up on the guest.</summary>
    public ExitStatus Crash(int signal, string what)
    {
        GuestRegisters registers = Vm.Registers;
        Vm.MarkInterrupted();
        Report(signal, what, registers);
        return ExitStatus.Killed(signal);
    }

    /// <summary>An exception that no call of a guest should lead to. The family ends, because nobody knows what is half done.</summary>
    public ExitStatus CrashByMonitor(Exception e)
    {
        string during = historyAt == 0 ? "before its first hypercall" : string.Create(
            CultureInfo.InvariantCulture, $"in hypercall {history[(historyAt - 1) % HistoryLength].Call}({history[(historyAt - 1) % HistoryLength].A}, {history[(historyAt - 1) % HistoryLength].B})");
        string where = string.Join("\n", (e.StackTrace ?? string.Empty).Split('\n').Take(MostFrames).Select(l => "  " + l.Trim()));
        ExitStatus status = Crash(Signal.SIGKILL, $"monitor: {e.GetType().Name} {during}: {e.Message}\n  this is a fault of UniBench, and its family was ended: please report it with this text\n{where}");
        Family.Doom();
        return status;
    }

    private void Report(int signal, string what, in GuestRegisters r)
    {
        string name = Signal.Name(signal);
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{Path.GetFileName(Process.ProgramPath)} (pid {Pid}): {name} at rip 0x{r.Rip:x} ({Symbol(r.Rip)}): {what}\n");
        text.Append(CultureInfo.InvariantCulture, $"  rax {r.Rax:x16}  rbx {r.Rbx:x16}  rcx {r.Rcx:x16}  rdx {r.Rdx:x16}\n");
        text.Append(CultureInfo.InvariantCulture, $"  rsi {r.Rsi:x16}  rdi {r.Rdi:x16}  rbp {r.Rbp:x16}  rsp {r.Rsp:x16}\n");
        text.Append(CultureInfo.InvariantCulture, $"  r8  {r.R8:x16}  r9  {r.R9:x16}  r10 {r.R10:x16}  r11 {r.R11:x16}\n");
        text.Append(CultureInfo.InvariantCulture, $"  r12 {r.R12:x16}  r13 {r.R13:x16}  r14 {r.R14:x16}  r15 {r.R15:x16}\n");
        text.Append("  last hypercalls:");
        for (int i = Math.Max(0, historyAt - HistoryLength); i < historyAt; i++)
        {
            (Hypercall call, long a, long b, long result) = history[i % HistoryLength];
            text.Append(CultureInfo.InvariantCulture, $" {call}({a}, {b})={result}");
        }

        Family.Crashed(new CrashReport(Process.ProgramPath, Pid, signal, r.Rip, text.ToString()));
    }

    private string Symbol(ulong rip)
    {
        LibosImage libos = Family.Host.Libos;
        if (libos.Contains(rip))
        {
            return $"library OS {libos.Elf.Symbolize(rip)}";
        }

        if (Vm.Program is not { } image)
        {
            return "no symbol";
        }

        return image.Objects.Select(o => o.Describe(rip)).FirstOrDefault(d => d is not null) ?? "no symbol";
    }
}
