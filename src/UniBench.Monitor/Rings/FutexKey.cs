namespace UniBench.Monitor.Rings;

/// <summary>A word of shared memory: a file and an offset in it, or a ring (device all ones, its index) and an offset.</summary>
internal readonly record struct FutexKey(ulong Device, ulong Inode, long Offset);
