using UniBench.Monitor.Abi;
using UniBench.Monitor.Processes;

namespace UniBench.Monitor.Families;

/// <summary>What a family used and did, summed over its processes as they end.</summary>
internal sealed class FamilyBooks
{
    private readonly long[] exits = new long[32];
    private readonly long[] hypercalls = new long[(int)Hypercall.Count];
    private readonly long[] syscalls = new long[GuestLayout.SyscallLimit];
    private readonly bool[] unsupported = new bool[GuestLayout.SyscallLimit];
    private const int MostKept = 100; // of crash reports and of limits: guests decide how many there are
    private readonly HashSet<string> limits = [];
    private readonly List<CrashReport> crashes = [];
    private long bytesNow, bytesPeak, started, alivePeak, blocks, kicks, spins, pipeBytes;

    public long Pipes { get; set; }

    public long Execs { get; set; }

    public IReadOnlyList<CrashReport> Crashes => crashes;

    public List<ProcessReport> Processes { get; } = [];

    public long UserUs { get; private set; }

    public long SystemUs { get; private set; }

    public long PeakBytes => bytesPeak;

    public IReadOnlyList<string> Limits => [.. limits];

    public IReadOnlyDictionary<string, long> Unsupported =>
        Enumerable.Range(0, GuestLayout.SyscallLimit).Where(n => unsupported[n]).ToDictionary(SyscallNames.Of, n => syscalls[n]);

    public void LimitHit(string sentence)
    {
        if (limits.Count < MostKept)
        {
            limits.Add(sentence);
        }
    }

    public void Crashed(CrashReport report)
    {
        if (crashes.Count < MostKept)
        {
            crashes.Add(report);
        }
        else
        {
            LimitHit($"crashes: reports of the first {MostKept} were kept");
        }
    }

    public void Entered(int alive)
    {
        started++;
        alivePeak = Math.Max(alivePeak, alive);
    }

    public void Account(GuestProcess process, long bytes)
    {
        bytesNow += bytes - process.AccountedBytes;
        process.AccountedBytes = bytes;
        bytesPeak = Math.Max(bytesPeak, bytesNow);
    }

    public void Ended(GuestProcess process, ProcessUsage usage)
    {
        Account(process, process.ChargedBytes());
        Account(process, 0);
        UserUs += usage.UserUs;
        SystemUs += usage.SystemUs;
        ProcessCounters counters = process.Counters;
        Add(exits, counters.Exits);
        Add(hypercalls, counters.Hypercalls);
        blocks += counters.Blocks;
        kicks += counters.Kicks;
        ref ControlPage control = ref process.Vm.Control;
        spins += (long)control.Spins;
        pipeBytes += (long)control.PipeBytes;
        for (int n = 0; n < GuestLayout.SyscallLimit; n++)
        {
            syscalls[n] += process.Vm.Counters.Syscalls[n];
            unsupported[n] |= (control.Unsupported[n / 64] >> (n % 64) & 1) != 0;
        }
    }

    /// <summary>Writes the report of a process that has ended.</summary>
    /// <param name="parent">Pid of its parent before it ended.</param>
    public void Report(GuestProcess process, int parent, ExitStatus status, ProcessUsage usage, TimeSpan wall)
    {
        FamilyBooks own = new();
        own.Entered(1);
        own.Account(process, process.AccountedBytes);
        own.Ended(process, usage);
        Processes.Add(new ProcessReport(
            process.Pid, parent, process.ProgramPath, status, wall, TimeSpan.FromMicroseconds(usage.UserUs), TimeSpan.FromMicroseconds(usage.SystemUs), process.ChargedBytes(), own.Named()));
    }

    /// <summary>All counters by dotted name; those that are zero and not headline are left out.</summary>
    public SortedDictionary<string, long> Named()
    {
        SortedDictionary<string, long> named = new(StringComparer.Ordinal)
        {
            ["processes"] = started,
            ["processes.peak"] = alivePeak,
            ["forks"] = hypercalls[(int)Hypercall.Fork],
            ["execs"] = Execs,
            ["pipes"] = Pipes,
            ["pipe.bytes"] = pipeBytes,
            ["pipe.spins"] = spins,
            ["blocks"] = blocks,
            ["kicks"] = kicks,
            ["memory.peak_bytes"] = bytesPeak,
            ["exits.total"] = exits.Sum(),
        };
        for (int i = 0; i < exits.Length; i++)
        {
            Put($"exits.{(i == 31 ? "failed" : ((UniBench.Kvm.KvmExitReason)i).ToString().ToLowerInvariant())}", exits[i]);
        }

        for (int i = 0; i < hypercalls.Length; i++)
        {
            Put($"hypercalls.{((Hypercall)i).ToString().ToLowerInvariant()}", hypercalls[i]);
        }

        for (int i = 0; i < syscalls.Length; i++)
        {
            Put($"syscalls.{SyscallNames.Of(i)}", syscalls[i]);
        }

        return named;

        void Put(string name, long value)
        {
            if (value != 0)
            {
                named[name] = value;
            }
        }
    }

    private static void Add(long[] to, long[] from)
    {
        for (int i = 0; i < to.Length; i++)
        {
            to[i] += from[i];
        }
    }
}
