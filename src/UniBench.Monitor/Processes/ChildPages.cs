using UniBench.Monitor.Abi;

namespace UniBench.Monitor.Processes;

/// <summary>What becomes of a field of the control or counters page in a forked child, whose pages begin as copies of its parent's.</summary>
internal enum ChildField
{
    /// <summary>Stays as the parent has it.</summary>
    Inherited,

    /// <summary>Begins at zero.</summary>
    Zero,

    /// <summary>Is the child's own: its machine's, its place in the process table, or computed from others.</summary>
    Own,

    /// <summary>Means something while a call is being served only.</summary>
    OfACall,
}

/// <summary>What a child's control and counters pages start with, all in one place. A test asks of every field.</summary>
internal static class ChildPages
{
    /// <summary>By the names of the mirror's fields.</summary>
    public static IReadOnlyDictionary<string, ChildField> Control { get; } = new Dictionary<string, ChildField>
    {
        [nameof(ControlPage.Magic)] = ChildField.Inherited,
        [nameof(ControlPage.AbiVersion)] = ChildField.Inherited,
        [nameof(ControlPage.Pending)] = ChildField.Zero,
        [nameof(ControlPage.SigPending)] = ChildField.Zero,
        [nameof(ControlPage.UnparkSeq)] = ChildField.Inherited, // only its changes mean something
        [nameof(ControlPage.RamLimit)] = ChildField.Own,
        [nameof(ControlPage.RamMax)] = ChildField.Inherited,
        [nameof(ControlPage.CleanFrom)] = ChildField.Own,
        [nameof(ControlPage.Pid)] = ChildField.Own,
        [nameof(ControlPage.Ppid)] = ChildField.Own,
        [nameof(ControlPage.Pgid)] = ChildField.Own,
        [nameof(ControlPage.Sid)] = ChildField.Own,
        [nameof(ControlPage.Uid)] = ChildField.Inherited,
        [nameof(ControlPage.Gid)] = ChildField.Inherited,
        [nameof(ControlPage.Tracing)] = ChildField.Inherited,
        [nameof(ControlPage.Umask)] = ChildField.Inherited,
        [nameof(ControlPage.FramesNext)] = ChildField.Inherited,
        [nameof(ControlPage.ForkRsp)] = ChildField.Inherited,
        [nameof(ControlPage.SigBlocked)] = ChildField.Inherited,
        [nameof(ControlPage.SigIgnored)] = ChildField.Inherited,
        [nameof(ControlPage.SigQueued)] = ChildField.Zero,
        [nameof(ControlPage.AutoReap)] = ChildField.Inherited,
        [nameof(ControlPage.NoStopNotify)] = ChildField.Inherited,
        [nameof(ControlPage.DeathSignal)] = ChildField.Zero,
        [nameof(ControlPage.Zombies)] = ChildField.Zero,
        [nameof(ControlPage.RobustHead)] = ChildField.Zero,
        [nameof(ControlPage.Spins)] = ChildField.Zero,
        [nameof(ControlPage.PipeBytes)] = ChildField.Zero,
        [nameof(ControlPage.Unsupported)] = ChildField.Zero,
        [nameof(ControlPage.WaitState)] = ChildField.Zero,
        [nameof(ControlPage.WaitType)] = ChildField.OfACall,
        [nameof(ControlPage.WaitId)] = ChildField.OfACall,
        [nameof(ControlPage.WaitPid)] = ChildField.OfACall,
        [nameof(ControlPage.WaitResult)] = ChildField.OfACall,
        [nameof(ControlPage.Usage)] = ChildField.OfACall,
        [nameof(ControlPage.TraceArgs)] = ChildField.OfACall,
        [nameof(ControlPage.CrashRegisters)] = ChildField.OfACall,
        [nameof(ControlPage.CrashVector)] = ChildField.OfACall,
        [nameof(ControlPage.CrashError)] = ChildField.OfACall,
        [nameof(ControlPage.CrashAddress)] = ChildField.OfACall,
        [nameof(ControlPage.StdioKind)] = ChildField.Inherited, // read at the start of a first program only
        [nameof(ControlPage.StdioHandle)] = ChildField.Inherited,
        [nameof(ControlPage.TablesBase)] = ChildField.Inherited,
        [nameof(ControlPage.TablesNext)] = ChildField.Inherited,
        [nameof(ControlPage.PatchCount)] = ChildField.Own,
        [nameof(ControlPage.TablesSwitch)] = ChildField.Own,
        [nameof(ControlPage.Borrowed)] = ChildField.Own,
        [nameof(ControlPage.Renamed)] = ChildField.Inherited,
        [nameof(ControlPage.ProgramBreak)] = ChildField.Inherited,
        [nameof(ControlPage.Entry)] = ChildField.Inherited,
        [nameof(ControlPage.StackPointer)] = ChildField.Inherited,
        [nameof(ControlPage.Executed)] = ChildField.Inherited,
        [nameof(ControlPage.AreaCount)] = ChildField.Inherited,
        [nameof(ControlPage.Areas)] = ChildField.Inherited,
        [nameof(ControlPage.ParkSlots)] = ChildField.OfACall,
        [nameof(ControlPage.Deferred)] = ChildField.Zero, // delivered by the fork itself
        [nameof(ControlPage.MayDefer)] = ChildField.Inherited,
        [nameof(ControlPage.Descriptors)] = ChildField.Inherited,
        [nameof(ControlPage.Closes)] = ChildField.Zero, // told with the fork itself
        [nameof(ControlPage.SmallLimit)] = ChildField.Inherited,
        [nameof(ControlPage.TableChanges)] = ChildField.Inherited, // only its changes mean something
        [nameof(ControlPage.ExtentPages)] = ChildField.Inherited,
        [nameof(ControlPage.RunNext)] = ChildField.Own, // zero, unless the parent's memory is borrowed
        [nameof(ControlPage.RunEnd)] = ChildField.Own,
        [nameof(ControlPage.RunClean)] = ChildField.Own,
        [nameof(ControlPage.Euid)] = ChildField.Inherited,
        [nameof(ControlPage.Suid)] = ChildField.Inherited,
        [nameof(ControlPage.Egid)] = ChildField.Inherited,
        [nameof(ControlPage.Sgid)] = ChildField.Inherited,
        [nameof(ControlPage.Capabilities)] = ChildField.Inherited,
        [nameof(ControlPage.Extents)] = ChildField.Own,
        [nameof(ControlPage.Comm)] = ChildField.Inherited,
        [nameof(ControlPage.SigCaught)] = ChildField.Inherited,
        [nameof(ControlPage.SigRefused)] = ChildField.Inherited,
        [nameof(ControlPage.TimerSlack)] = ChildField.Inherited,
        [nameof(ControlPage.DefaultTimerSlack)] = ChildField.Own, // what its parent has set
        [nameof(ControlPage.Subreaper)] = ChildField.Zero,
        [nameof(ControlPage.Personality)] = ChildField.Inherited,
        [nameof(ControlPage.FramesMost)] = ChildField.Zero,
        [nameof(ControlPage.FileCloses)] = ChildField.Zero, // told with the fork itself
        [nameof(ControlPage.Foreseen)] = ChildField.Zero,
        [nameof(ControlPage.ForeseenUsed)] = ChildField.Zero,
    };

    /// <summary>By the names of the mirror's fields.</summary>
    public static IReadOnlyDictionary<string, ChildField> Counters { get; } = new Dictionary<string, ChildField>
    {
        [nameof(CountersPage.Syscalls)] = ChildField.Zero,
        [nameof(CountersPage.Siginfo)] = ChildField.OfACall, // of pending signals, of which there are none
        [nameof(CountersPage.Faults)] = ChildField.Zero,
        [nameof(CountersPage.Flushes)] = ChildField.Zero,
        [nameof(CountersPage.Transferred)] = ChildField.Zero,
    };

    /// <summary>Makes copies of the parent's pages the child's, but for its identity.</summary>
    /// <param name="ramSize">Bytes of private memory that the child's machine has.</param>
    /// <param name="cleanFrom">From here on they were never used.</param>
    public static void Begin(ref ControlPage control, ref CountersPage counters, long ramSize, long cleanFrom)
    {
        control.Pending = 0;
        (control.SigPending, control.SigQueued) = (0, 0);
        (control.DeathSignal, control.Zombies) = (0, 0);
        control.RobustHead = 0;
        (control.Spins, control.PipeBytes) = (0, 0);
        control.Unsupported = default;
        control.WaitState = WaitState.Idle;
        control.Deferred = default;
        control.Closes = default;
        control.FileCloses = default;
        control.Subreaper = 0;
        control.FramesMost = 0;
        (control.Foreseen, control.ForeseenUsed) = (0, 0);
        control.DefaultTimerSlack = control.TimerSlack;
        control.RamLimit = Math.Min((ulong)ramSize, control.RamMax);
        control.CleanFrom = (ulong)cleanFrom;
        if (control.Borrowed == 0)
        {
            (control.RunNext, control.RunEnd, control.RunClean) = (0, 0, 0); // it takes no frames from its parent's extents
        }

        counters.Syscalls = default;
        counters.Transferred = default;
        (counters.Faults, counters.Flushes) = (0, 0);
    }
}
