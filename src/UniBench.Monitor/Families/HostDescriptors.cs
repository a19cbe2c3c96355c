using UniBench.Kvm;

namespace UniBench.Monitor.Families;

/// <summary>Open file descriptions that the monitor keeps for a first process and its descendants: the three standard streams, and the files they opened.</summary>
/// <remarks>Handles index it. A file is closed when the last process that holds its handle lets go; the standard streams are the caller's and stay open. O_NONBLOCK is kept here, the host's descriptors stay as they are.</remarks>
internal sealed class HostDescriptors(IReadOnlyList<int> standard)
{
    public static readonly HostDescriptors None = new([]);
    private readonly Lock gate = new();
    private readonly List<Entry?> entries = [.. standard.Select(d => new Entry(d))];
    private readonly int standardCount = standard.Count;

    public bool TryGet(ulong handle, out int descriptor)
    {
        lock (gate)
        {
            descriptor = handle < (ulong)entries.Count && entries[(int)handle] is { } entry ? entry.Descriptor : -1;
            return descriptor >= 0;
        }
    }

    /// <summary>Keeps an open host descriptor; the caller holds it once.</summary>
    public int Add(int descriptor, bool nonBlocking)
    {
        lock (gate)
        {
            int free = entries.FindIndex(standardCount, e => e is null);
            Entry entry = new(descriptor) { NonBlocking = nonBlocking, Holders = 1 };
            if (free >= 0)
            {
                entries[free] = entry;
                return free;
            }

            entries.Add(entry);
            return entries.Count - 1;
        }
    }

    /// <summary>One more process holds these handles.</summary>
    public void Hold(IEnumerable<int> handles)
    {
        lock (gate)
        {
            foreach (int handle in handles)
            {
                entries[handle]!.Holders++;
            }
        }
    }

    /// <summary>A process holds the handle no more.</summary>
    public void Release(int handle)
    {
        lock (gate)
        {
            if (handle >= standardCount && entries[handle] is { } entry && --entry.Holders == 0)
            {
                entries[handle] = null;
                HostIo.Close(entry.Descriptor);
            }
        }
    }

    /// <summary>A write to it may block although poll said it is ready, if it is longer than PIPE_BUF.</summary>
    public bool IsPipe(ulong handle) => Find(handle)?.IsPipe ?? false;

    public bool IsNonBlocking(ulong handle) => Find(handle)?.NonBlocking ?? false;

    public void SetNonBlocking(ulong handle, bool value)
    {
        if (Find(handle) is { } entry)
        {
            entry.NonBlocking = value;
        }
    }

    private Entry? Find(ulong handle)
    {
        lock (gate)
        {
            return handle < (ulong)entries.Count ? entries[(int)handle] : null;
        }
    }

    private sealed class Entry(int descriptor)
    {
        public int Descriptor { get; } = descriptor;

        public bool IsPipe { get; } = HostIo.IsPipe(descriptor);

        public bool NonBlocking { get; set; }

        public int Holders { get; set; }
    }
}
