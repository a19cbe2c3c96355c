using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace UniBench.Monitor.Abi;

/// <summary>struct ub_sandbox: messages between a sandboxed process and the monitor.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SandboxPage
{
    public uint Turn;
    public uint GuestWaits, MonitorWaits;
    public uint OrderCount;
    public CallWords Call;
    public long Result;
    public ulong StartRip, StartRsp;
    public ulong SavedRsp;
    public ulong Fills, Faults;
    public uint Again, Stop;
    public uint Kicked, Asleep;
    public ulong Sleeps;
    public SandboxPieces Pieces;
    public ulong NextPiece;
    public SandboxSlots Slots;
    public SandboxOrders Orders;
}

/// <summary>struct ub_family.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FamilyWords
{
    public int Asleep;
}

/// <summary>struct ub_slot: which file is behind guest-physical addresses.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SandboxSlot
{
    public ulong Address, Bytes, Offset;
    public int Descriptor;
    public uint Writable;
}

/// <summary>struct ub_order: what a sandboxed process does before it goes on.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SandboxOrder
{
    public uint Kind, Slot;
    public ulong Address, Bytes, Offset, Writable;
}

/// <summary>enum ub_order_kind.</summary>
internal enum OrderKind : uint
{
    Show = 1,
    Hide,
    Unmap,
    ShowOwn,
}

[InlineArray(7)]
internal struct CallWords
{
    private ulong first;
}

[InlineArray(GuestLayout.SandboxPieces)]
internal struct SandboxPieces
{
    private ulong first;
}

[InlineArray(GuestLayout.SandboxSlots)]
internal struct SandboxSlots
{
    private SandboxSlot first;
}

[InlineArray(GuestLayout.SandboxOrders)]
internal struct SandboxOrders
{
    private SandboxOrder first;
}
