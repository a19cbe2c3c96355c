namespace UniBench.Monitor.Segments;

/// <summary>A word of shared memory: a file and an offset in it, or a segment (device all ones, its index) and an offset.</summary>
internal readonly record struct FutexKey(ulong Device, ulong Inode, long Offset);
