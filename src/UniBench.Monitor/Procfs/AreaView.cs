using UniBench.Monitor.Abi;

namespace UniBench.Monitor.Procfs;

/// <summary>A line of /proc/PID/maps.</summary>
internal sealed record AreaView(ulong Start, ulong End, uint Prot, AreaFlags Flags)
{
    public string Name { get; init; } = string.Empty;

    /// <summary>In the file.</summary>
    public ulong Offset { get; init; }

    public ulong Device { get; init; }

    public ulong Inode { get; init; }

    /// <summary>Of it, bytes that are there.</summary>
    public long Resident { get; init; }

    /// <summary>Of those, bytes that are the process's own.</summary>
    public long Anonymous { get; init; }

    /// <summary>It belongs to the program, not to a library.</summary>
    public bool IsProgram { get; init; }

    /// <summary>Behind it is memory that processes share, and no file.</summary>
    public bool IsSharedMemory { get; init; }

    /// <summary>Bytes of it that mlock(2) keeps.</summary>
    public long Locked => Flags.HasFlag(AreaFlags.Locked) ? Bytes : 0;

    public long Bytes => (long)(End - Start);

    public bool IsReadable => (Prot & 1) != 0;

    public bool IsWritable => (Prot & 2) != 0;

    public bool IsExecutable => (Prot & 4) != 0;

    public bool IsShared => Flags.HasFlag(AreaFlags.Shared);

    public bool IsStack => Flags.HasFlag(AreaFlags.Stack);
}
