using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Machines;
using UniBench.Monitor.Memory;

namespace UniBench.Tests.Machines;

/// <summary>A machine that runs nothing and remembers what was asked of it.</summary>
internal sealed class FakeMachine : Machine
{
    private readonly HostMapping memory;
    private readonly Parker parker = new();

    public FakeMachine(ExtentArena extents, int index)
        : this(HostMapping.Anonymous(InitialRam), extents, index)
    {
    }

    private FakeMachine(HostMapping memory, ExtentArena extents, int index)
        : base(memory.Range, extents, isShadowing: false)
    {
        this.memory = memory;
        Index = index;
    }

    public int Index { get; }

    public bool Spent { get; set; }

    /// <summary>It cannot be made as new.</summary>
    public bool Stained { get; set; }

    public bool IsDisposed { get; private set; }

    /// <summary>What lies in which slot.</summary>
    public Dictionary<int, (ulong Address, HostMemory Memory, bool ReadOnly)> Slots { get; } = [];

    public override MachineCall Call => default;

    public override GuestRegisters Registers => default;

    public override void RaiseBeyondFile()
    {
    }

    public override Breakage Broken => new(11, "a fake");

    public override bool IsSpent => Spent;

    public override long OutsideCpuNs => 0;

    public override bool RunsByItself => false;

    public override long Sleeps => 0;

    protected override bool HidesTablesOfExtents => false;

    public override IReadOnlyDictionary<string, long> Statistics() => new Dictionary<string, long>();

    public override MachineExit Run(int spins) => MachineExit.Broken;

    public override long ReadOutsideCpu() => 0;

    public override void AwaitWork(int spins) => parker.Park(0, 0);

    public override void CallWorker() => parker.Wake();

    public override void Return(long result)
    {
    }

    public override void StartAt(ulong rip, ulong rsp)
    {
    }

    public override void Begin()
    {
    }

    public override void Interrupt(int threadId, bool ending)
    {
    }

    public override void Rest()
    {
    }

    public override void EnterLibraryOs()
    {
    }

    public override void MarkInterrupted()
    {
    }

    public override bool Confine(CpuMask cpus) => false;

    public override void Set(int slot, ulong address, HostMemory memory, bool readOnly) => Slots.Add(slot, (address, memory, readOnly));

    public override void Remove(int slot, ulong address)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        Slots.Remove(slot);
    }

    protected override void Close()
    {
        IsDisposed = true;
        memory.Dispose();
        parker.Dispose();
    }

    protected override void GrowRam(int slot, long offset, long bytes) => throw new NotSupportedException();

    protected override void Discard(long offset, long bytes) => memory.Discard(offset, bytes);

    public override bool CanRenew => !Stained;

    protected override bool TryReset() => true;

    protected override void OwnerEnters(FamilyPage next)
    {
    }

    protected override void Retable(int target, ProgramImage image, ReadOnlySpan<byte> wanted)
    {
    }
}
