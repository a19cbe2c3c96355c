using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Machines;
using UniBench.Monitor.Processes;
using UniBench.Workloads;

namespace UniBench.Monitor.Families;

/// <summary>What a family used and did, summed over its processes as they end.</summary>
internal sealed class FamilyBooks
{
    private readonly long[] exits = new long[ProcessCounters.ExitKinds];
    private readonly long[] hypercalls = new long[(int)Hypercall.Count];
    private readonly long[] served = new long[(int)Hypercall.Count]; // ticks
    private readonly long[] syscalls = new long[GuestLayout.SyscallLimit];
    private readonly ulong[] unsupported = new ulong[GuestLayout.SyscallLimit / 64]; // a bit for each
    private const int MostKept = 100; // of crash reports and of limits: guests decide how many there are
    private readonly Dictionary<string, long> kvm = [];
    private readonly HashSet<string> limits = [];
    private readonly List<CrashReport> crashes = [];
    private long bytesNow, bytesPeak, started, alivePeak, blocks, kicks, spins, pipeBytes, faults, flushes;

    public long Pipes { get; set; }

    public long Execs { get; set; }

    public IReadOnlyList<CrashReport> Crashes => crashes;

    public List<ProcessReport> Processes { get; } = [];

    public long UserUs { get; private set; }

    public long SystemUs { get; private set; }

    /// <summary>Of the two, what was used outside of this process: by machines that are processes themselves.</summary>
    public long OutsideUs { get; private set; }

    public long PeakBytes => bytesPeak;

    public IReadOnlyList<string> Limits => [.. limits];

    public IReadOnlyDictionary<string, long> Unsupported =>
        Enumerable.Range(0, GuestLayout.SyscallLimit).Where(n => (unsupported[n / 64] >> (n % 64) & 1) != 0).ToDictionary(n => SyscallNames.Of((LinuxCall)n), n => syscalls[n]);

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
        OutsideUs += process.OutsideCpuUs;
        ProcessCounters counters = process.Counters;
        Add(exits, counters.Exits);
        Add(hypercalls, counters.Hypercalls);
        Add(served, counters.Served);
        blocks += counters.Blocks;
        kicks += counters.Kicks;
        foreach ((string name, long value) in counters.Kvm)
        {
            kvm[name] = kvm.GetValueOrDefault(name) + value;
        }

        ref CountersPage counted = ref process.Vm.Counters;
        faults += (long)counted.Faults;
        flushes += (long)counted.Flushes;
        ref ControlPage control = ref process.Vm.Control;
        spins += (long)control.Spins;
        pipeBytes += (long)control.PipeBytes;
        ReadOnlySpan<uint> made = counted.Syscalls;
        for (int n = 0; n < syscalls.Length; n++)
        {
            syscalls[n] += made[n];
        }

        ReadOnlySpan<ulong> refused = control.Unsupported;
        for (int i = 0; i < unsupported.Length; i++)
        {
            unsupported[i] |= refused[i];
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
        Put("guest.faults", faults);
        Put("guest.flushes", flushes);
        foreach ((string name, long value) in kvm)
        {
            Put($"kvm.{name}", value);
        }

        for (int i = 0; i < exits.Length; i++)
        {
            Put($"exits.{((MachineExit)i).ToString().ToLowerInvariant()}", exits[i]);
        }

        for (int i = 0; i < hypercalls.Length; i++)
        {
            Put($"hypercalls.{((Hypercall)i).ToString().ToLowerInvariant()}", hypercalls[i]);
            Put($"served_us.{((Hypercall)i).ToString().ToLowerInvariant()}", (long)System.Diagnostics.Stopwatch.GetElapsedTime(0, served[i]).TotalMicroseconds);
        }

        for (int i = 0; i < syscalls.Length; i++)
        {
            Put($"syscalls.{SyscallNames.Of((LinuxCall)i)}", syscalls[i]);
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
