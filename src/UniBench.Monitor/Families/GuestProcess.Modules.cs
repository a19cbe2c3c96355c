using UniBench.Monitor.Calls;

namespace UniBench.Monitor.Families;

/// <summary>The calls that a process makes, by area: each module has the state that its calls need. <see cref="CallTable"/> says which call comes where.</summary>
internal sealed partial class GuestProcess
{
    public ProcessCalls Processes { get; }

    public MemoryCalls Memory { get; }

    public FileCalls Files { get; }

    public MappingCalls Mapping { get; }

    public PathCalls Paths { get; }

    public Foresight Foresight { get; }

    public TransferCalls Transfers { get; }

    public TerminalCalls Terminals { get; }

    public AttributeCalls Attributes { get; }

    public LendingCalls Lending { get; }

    public LockCalls Locks { get; }

    public OwnerCalls Owners { get; }

    public WatchCalls Watches { get; }

    public EpollCalls Epoll { get; }

    public SegmentCalls Segments { get; }

    public SocketCalls Sockets { get; }

    public SharedMemoryCalls SharedMemory { get; }

    public SemaphoreCalls Semaphores { get; }

    public MessageCalls Messages { get; }

    public PosixQueueCalls PosixQueues { get; }

    public FutexCalls Futexes { get; }

    public RobustMutexes RobustMutexes { get; }

    public TimerCalls Timers { get; }

    public UserCalls Users { get; }

    public SchedulingCalls Scheduler { get; }

    public KinCalls Kin { get; }

    public Inspection Inspection { get; }

    public CrashReporter Crashes { get; }

    public CallTrace CallTrace { get; }

    public TimelineNotes Timeline { get; }
}
