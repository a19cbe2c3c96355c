namespace UniBench.Monitor.Files;

/// <summary>A record lock on the bytes from <paramref name="Start"/> to before <paramref name="End"/>; long.MaxValue is the end of the file, wherever it will be.</summary>
internal sealed record RecordLock(int Pid, bool IsWrite, long Start, long End)
{
    public bool Overlaps(RecordLock other) => Start < other.End && other.Start < End;
}
