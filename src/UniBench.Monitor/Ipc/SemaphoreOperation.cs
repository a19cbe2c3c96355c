using System.Runtime.InteropServices;

namespace UniBench.Monitor.Ipc;

/// <summary>struct sembuf.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct SemaphoreOperation
{
    private const int Undo = 0x1000; // SEM_UNDO
    public readonly ushort Number;
    public readonly short Change;
    public readonly short Flags;

    public bool IsUndone => (Flags & Undo) != 0;

    public bool MayWait => (Flags & IpcTable.NoWait) == 0;
}
