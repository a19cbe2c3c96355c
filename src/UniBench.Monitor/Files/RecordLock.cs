namespace UniBench.Monitor.Files;

/// <summary>A record lock on the bytes from <paramref name="Start"/> to before <paramref name="End"/>; long.MaxValue is the end of the file, wherever it will be.</summary>
/// <param name="Owner">A process, by its pid; or an open file, by <see cref="OpenFile.LockOwner"/>, which is negative.</param>
internal sealed record RecordLock(long Owner, bool IsWrite, long Start, long End)
{
    public bool IsOfProcess => Owner > 0;

    /// <summary>What F_GETLK tells of it.</summary>
    public int Pid => IsOfProcess ? (int)Owner : -1;

    public bool Overlaps(RecordLock other) => Start < other.End && other.Start < End;
}
