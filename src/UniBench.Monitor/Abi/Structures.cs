using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using UniBench.Workloads;

namespace UniBench.Monitor.Abi;

/// <summary>struct ub_siginfo.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SignalInformation
{
    public int Code, Pid, Uid, Status;
    public ulong Value;
}

/// <summary>struct ub_registers.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GuestRegisters
{
    public ulong Rax, Rbx, Rcx, Rdx, Rsi, Rdi, Rbp, Rsp, R8, R9, R10, R11, R12, R13, R14, R15, Rip, Rflags;
}

/// <summary>struct ub_program_area.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ProgramArea
{
    public ulong Start, End;
    public uint Prot, Reserved;
}

/// <summary>struct ub_control: the page that monitor and library OS talk through. Nothing the guest writes here is trusted.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ControlPage
{
    public ulong Magic;
    public uint AbiVersion;
    public uint Pending;
    public ulong SigPending;
    public ulong UnparkSeq;
    public ulong RamLimit;
    public ulong RamMax;
    public ulong CleanFrom;
    public uint Pid, Ppid, Pgid, Sid;
    public uint Uid, Gid;
    public uint Tracing;
    public uint Umask;
    public ulong FramesNext;
    public ulong ForkRsp;
    public ulong SigBlocked;
    public ulong SigIgnored;
    public ulong SigQueued;
    public uint AutoReap;
    public uint NoStopNotify;
    public uint DeathSignal, Zombies;
    public ulong RobustHead;
    public ulong Spins;
    public ulong PipeBytes;
    public SyscallBitmap Unsupported;
    public WaitState WaitState;
    public uint WaitType;
    public int WaitId, WaitPid;
    public WaitResult WaitResult;
    public UsageWords Usage;
    public TraceArguments TraceArgs;
    public GuestRegisters CrashRegisters;
    public ulong CrashVector, CrashError, CrashAddress;
    public StdioWords StdioKind;
    public StdioWords StdioHandle;
    public ulong TablesBase;
    public ulong TablesNext;
    public uint PatchCount, TablesSwitch;
    public uint Borrowed, Renamed;
    public ulong ProgramBreak, Entry, StackPointer;
    public uint Executed, AreaCount;
    public AreaList Areas;
    public ParkSlots ParkSlots;
    public DeferredWakes Deferred;
    public uint MayDefer, Descriptors;
    public DeferredCloses Closes;
    public ulong SmallLimit;
    public ulong TableChanges;
    public ulong ExtentPages;
    public ulong RunNext, RunEnd;
    public ulong RunClean;
    public uint Euid, Suid, Egid, Sgid;
    public ulong Capabilities;
    public ExtentList Extents;
    public CommName Comm;
    public ulong SigCaught, SigRefused;
    public ulong TimerSlack, DefaultTimerSlack;
    public ulong Subreaper;
    public DeferredFileCloses FileCloses;
    public uint Foreseen, ForeseenUsed;
    public ulong Personality;
    public ulong FramesMost;
}

/// <summary>struct ub_answer, without the path behind it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Answer
{
    public long Result;
    public ulong A, B;
    public uint Call, Reserved;
    public uint PathBytes, DataBytes;
}

[InlineArray(GuestLayout.Comm)]
internal struct CommName
{
    private byte first;
}

/// <summary>struct ub_descriptor: an entry of a process's descriptor table, which its library OS keeps.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DescriptorEntry
{
    public byte Kind, CloseOnExec;
    public ushort Slot;
    public uint Handle;
}

/// <summary>struct ub_area.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MemoryArea
{
    public ulong Start, End;
    public uint Prot;
    public AreaFlags Flags;
    public ulong Backing, ValidEnd;
    public SpareWords Spare;
}

[InlineArray(3)]
internal struct SpareWords
{
    private ulong first;
}

/// <summary>enum ub_area_flags.</summary>
[Flags]
internal enum AreaFlags : uint
{
    None = 0,
    Stack = 1,
    Heap = 2,
    Shared = 4,
    ReadOnly = 8,
    Attached = 16,
    NoFork = 32,
    Wiped = 64,
    Locked = 128,
}

/// <summary>struct ub_rlimit.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ResourceLimit
{
    public ulong Current, Maximum;
}

/// <summary>struct ub_extent.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GuestExtent
{
    public ulong Start, End;
    public ulong Exclusive;
}

[InlineArray(GuestLayout.Extents)]
internal struct ExtentList
{
    private GuestExtent first;
}

/// <summary>enum ub_wait_state.</summary>
internal enum WaitState : uint
{
    Idle = 0,
    Spinning,
    Claimed,
    Done,
    Asleep,
}

[InlineArray(GuestLayout.SyscallLimit / 64)]
internal struct SyscallBitmap
{
    private ulong first;
}

[InlineArray(8)]
internal struct WaitResult
{
    private long first;
}

[InlineArray(4)]
internal struct UsageWords
{
    private long first;
}

[InlineArray(6)]
internal struct TraceArguments
{
    private ulong first;
}

[InlineArray(GuestLayout.Stdio)]
internal struct StdioWords
{
    private uint first;
}

[InlineArray(GuestLayout.ProgramAreas)]
internal struct AreaList
{
    private ProgramArea first;
}

[InlineArray(GuestLayout.ParkMax)]
internal struct ParkSlots
{
    private ushort first;
}

[InlineArray(GuestLayout.Deferred)]
internal struct DeferredWakes
{
    private uint first;
}

[InlineArray(GuestLayout.FileCloses)]
internal struct DeferredFileCloses
{
    private uint first;
}

[InlineArray(GuestLayout.Closes)]
internal struct DeferredCloses
{
    private uint first;
}

/// <summary>struct ub_counters.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CountersPage
{
    public SyscallCounts Syscalls;
    public SignalInformationList Siginfo;
    public ulong Faults;
    public ulong Flushes;
    public TransferredBytes Transferred;
}

[InlineArray(2)]
internal struct TransferredBytes
{
    private ulong first;
}

[InlineArray(GuestLayout.SyscallLimit)]
internal struct SyscallCounts
{
    private uint first;
}

[InlineArray(GuestLayout.Signals)]
internal struct SignalInformationList
{
    private SignalInformation first;
}

/// <summary>struct ub_trap: where exceptions land. Frames has rip, cs, rflags, rsp, ss of each vector.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TrapPage
{
    public ulong Rax;
    public ulong Address;
    public TrapFrames Frames;
}

[InlineArray(33 * 5)]
internal struct TrapFrames
{
    private ulong first;
}

/// <summary>struct ub_system: clock, cores and names, one page that every VM reads.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SystemPage
{
    public uint ClockSeq;
    public uint ClockShift;
    public ulong ClockMult;
    public ulong ClockTsc;
    public ulong MonotonicNs;
    public long RealtimeOffsetNs;
    public long BoottimeOffsetNs;
    public uint Cores;
    public uint SpinTsc;
    public ulong TotalRam;
    public ulong XsaveSize;
    public SpinPolicy SpinPolicy;
    public uint NestedPaging;
    public SystemPadding Pad;
    public int Runnable;
    public SystemPadding2 Pad2;
    public SystemName Sysname, Nodename, Release, Version, Machine, Domainname;
}

[InlineArray(32)]
internal struct SystemPadding
{
    private byte first;
}

[InlineArray(60)]
internal struct SystemPadding2
{
    private byte first;
}

[InlineArray(65)]
internal struct SystemName
{
    private byte first;
}

/// <summary>struct ub_mapped_file.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MappedFileAnswer
{
    public long Size, Writable, Stubs, StubBytes, StubsAway;
}

/// <summary>struct ub_futex.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FutexWord
{
    public ulong Address;
    public uint Expected;
    public uint Reserved;
}

/// <summary>struct ub_ring: the header page of a pipe.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RingHeader
{
    public ulong Head;
    public ulong InlinePos;
    public InlineBytes InlineData;
    public uint WriterLock;
    public RingPadding60 Pad0;
    public ulong Tail;
    public RingPadding56 Pad1;
    public uint ReaderLock;
    public RingPadding60 Pad2;
    public SideWords Waiting;
    public SideWords Ends;
    public SideWords Flags;
    public uint Capacity;
    public uint Named;
    public SideWords Streaming;
    public uint Id;
    public uint Bulk;
    public uint WriterOpens;
    public uint Socket;
    public uint Shut;
    public uint Told;
    public SideTimes Timeout;
    public ulong PassedAt;
    public ulong PassedEnd;
}

[InlineArray(48)]
internal struct InlineBytes
{
    private byte first;
}

[InlineArray(56)]
internal struct RingPadding56
{
    private byte first;
}

[InlineArray(60)]
internal struct RingPadding60
{
    private byte first;
}

[InlineArray(2)]
internal struct SideTimes
{
    private ulong first;
}

[StructLayout(LayoutKind.Sequential)]
internal struct SocketAddressAnswer
{
    public uint Length;
    public uint Reserved;
    public AddressBytes Address;
}

[StructLayout(LayoutKind.Sequential)]
internal struct PassedHead
{
    public uint Count;
    public uint Lost;
    public uint Sender;
    public int Pid;
    public uint User;
    public uint Group;
}

[StructLayout(LayoutKind.Sequential)]
internal struct Passed
{
    public uint Kind;
    public uint Slot;
    public uint Handle;
    public uint Bits;
    public ulong Mask;
}

[InlineArray(128)]
internal struct AddressBytes
{
    private byte first;
}

[InlineArray(2)]
internal struct SideWords
{
    private uint first;
}

/// <summary>struct ub_libos_header: where to enter the library OS.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LibosHeader
{
    public ulong Magic;
    public ulong AbiVersion;
    public ulong TextEnd;
    public ulong ImageEnd;
    public ulong DataStart, DataEnd, BssEnd;
    public ulong Start;
    public ulong ForkChild;
    public ulong SyscallEntry;
    public ulong LstarEntry;
    public TrapGates TrapGates;
    public ulong MonitorTrap;
    public ulong ExitCheck;
    public ulong ExitJump;
    public ulong TrapCheck;
    public ulong TrapIret;
    public ulong MemoryState, MemoryStateEnd;
    public ulong SandboxStart;
    public ulong Gate, GateEnd;
    public ulong CpuidEntry;
    public ulong MemoryAreas;
    public ulong Limits;
    public ulong EventSets;
}

[InlineArray(32)]
internal struct TrapGates
{
    private ulong first;
}

/// <summary>struct ub_patch: a page-table entry that the library OS must change.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TablePatch
{
    public ulong Address, Entry;
}

/// <summary>struct ub_poll: what poll asks of a descriptor that the monitor keeps.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollQuestion
{
    public uint Handle;
    public short Events, Revents;
}

/// <summary>struct ub_event_set: an epoll set or a signal descriptor that the library OS keeps.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct EventSet
{
    public uint Holders, Count, Mapped, Next;
    public ulong Mask;
    public uint NonBlocking, Reserved;
}

/// <summary>struct ub_interest: a member of an epoll set that the library OS keeps.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Interest
{
    public uint Number, Events;
    public ulong Data, Seen, Spare;
}

/// <summary>struct ub_member: a change of an epoll set that the monitor keeps.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MemberChange
{
    public uint Operation, Number, Kind, Slot, Handle, Events;
    public ulong Data, Seen, Mask;
}

/// <summary>struct ub_exec: heads the strings of an exec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ExecHeader
{
    public uint Argc, Envc, Bytes, Reserved;
}
