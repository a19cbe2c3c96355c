namespace UniBench.Monitor.Memory;

/// <summary>What a family may hold of the engine's and the host's beyond the private memory of its processes. Whoever gets nothing says so with Linux's errno.</summary>
/// <param name="bytes">Shared memory, memfds, messages and semaphores together.</param>
/// <param name="pipes">Pipes and FIFOs.</param>
/// <param name="files">Descriptors of the host.</param>
internal sealed class FamilyBudget(long bytes, int pipes, int files)
{
    public const int MostWatchers = 64, MostWatches = 8192; // inotify: parts of what the host grants a user
    private long usedBytes;
    private int usedPipes, usedFiles, usedWatchers, usedWatches;

    /// <summary>For the summary, when the family got no more.</summary>
    public string BytesSentence => $"shared memory: the family asked for more shared memory, memfds, messages and semaphores than {bytes >> 20} MB in all (--memory)";

    public string PipesSentence => $"pipes: the family asked for more than the {pipes} it may have, or the engine has none left";

    public string FilesSentence => $"files: the family asked for more open files of the host than the {files} it may have";

    public static string WatchesSentence => $"inotify: the family asked for more than {MostWatchers} instances or {MostWatches} watches, or the host has none left";

    /// <summary>Descriptors of the host that the family may have, and has.</summary>
    public int MostFiles => files;

    public int UsedFiles => Volatile.Read(ref usedFiles);

    public bool TryTake(long more)
    {
        if (more < 0 || more > bytes || Interlocked.Add(ref usedBytes, more) > bytes)
        {
            if (more >= 0 && more <= bytes)
            {
                Give(more);
            }

            return false;
        }

        return true;
    }

    public void Give(long back) => Interlocked.Add(ref usedBytes, -back);

    public bool TryTakePipe() => TryTakeOne(ref usedPipes, pipes);

    public void GivePipe() => Interlocked.Decrement(ref usedPipes);

    public bool TryTakeFile() => TryTakeOne(ref usedFiles, files);

    public void GiveFile() => Interlocked.Decrement(ref usedFiles);

    public bool TryTakeWatcher() => TryTakeOne(ref usedWatchers, MostWatchers);

    public void GiveWatcher() => Interlocked.Decrement(ref usedWatchers);

    public bool TryTakeWatch() => TryTakeOne(ref usedWatches, MostWatches);

    public void GiveWatch() => Interlocked.Decrement(ref usedWatches);

    private static bool TryTakeOne(ref int used, int most)
    {
        if (Interlocked.Increment(ref used) <= most)
        {
            return true;
        }

        Interlocked.Decrement(ref used);
        return false;
    }
}
