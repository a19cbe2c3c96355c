namespace UniBench.Monitor.Processes;

/// <summary>The files that a family's processes run as programs: nobody may write to them (ETXTBSY).</summary>
internal sealed class RunningPrograms
{
    private readonly Dictionary<(ulong Device, ulong Inode), int> files = [];
    private readonly Lock gate = new();

    public bool Has((ulong Device, ulong Inode) file)
    {
        lock (gate)
        {
            return files.ContainsKey(file);
        }
    }

    /// <summary>A process runs that file from now on.</summary>
    public void Enter((ulong Device, ulong Inode) file)
    {
        lock (gate)
        {
            files[file] = files.GetValueOrDefault(file) + 1;
        }
    }

    /// <summary>A process runs it no more.</summary>
    public void Leave((ulong Device, ulong Inode) file)
    {
        lock (gate)
        {
            if (--files[file] == 0)
            {
                files.Remove(file);
            }
        }
    }
}
