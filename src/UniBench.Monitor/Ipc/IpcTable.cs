using UniBench.Host;

namespace UniBench.Monitor.Ipc;

/// <summary>How identifiers are made: a sequence number times this, and an index.</summary>
internal static class IpcTable
{
    public const int IndexLimit = 32768;
    public const int Create = 0x200; // IPC_CREAT
    public const int Exclusive = 0x400; // IPC_EXCL
    public const int NoWait = 0x800; // IPC_NOWAIT
}

/// <summary>The objects of one kind, by identifier and by key. Guarded by the namespace.</summary>
/// <param name="most">How many there may be.</param>
/// <param name="takeNext">The identifier that the next one is to have, once; negative: any.</param>
internal sealed class IpcTable<T>(Func<int> most, Func<int> takeNext)
    where T : IpcObject
{
    private readonly List<T?> objects = [];
    private int sequence;

    /// <summary>How many there are.</summary>
    public int Count => objects.Count(o => o is not null);

    /// <summary>The highest index in use; 0 where there is none, as the *_INFO commands return it.</summary>
    public int HighestIndex => Math.Max(0, objects.FindLastIndex(o => o is not null));

    public IEnumerable<T> All => objects.OfType<T>();

    public T? Find(int id) => At(id % IpcTable.IndexLimit) is { } found && found.Id == id ? found : null;

    /// <summary>By index, as the *_STAT commands ask.</summary>
    public T? At(int index) => index >= 0 && index < objects.Count ? objects[index] : null;

    /// <summary>shmget, semget, msgget.</summary>
    /// <param name="accept">Whether an object that has the key will do: 0, or -errno.</param>
    /// <param name="make">A new one, or null and -errno.</param>
    /// <returns>The identifier, or -errno.</returns>
    public long Get(int key, int flags, IpcCaller caller, Func<T, long> accept, Func<(T? Made, long Error)> make)
    {
        if (key != 0 && objects.Find(o => o?.Key == key) is { } known)
        {
            long refused = (flags & (IpcTable.Create | IpcTable.Exclusive)) == (IpcTable.Create | IpcTable.Exclusive) ? -Errno.EEXIST : accept(known);
            return refused != 0 ? refused : known.Allows(caller, flags & 0x1ff) ? known.Id : -Errno.EACCES;
        }

        if (key != 0 && (flags & IpcTable.Create) == 0)
        {
            return -Errno.ENOENT;
        }

        if (Count >= Math.Min(most(), IpcTable.IndexLimit))
        {
            return -Errno.ENOSPC;
        }

        (T? made, long error) = make();
        return made is null ? error : Add(made);
    }

    public void Remove(T removed)
    {
        removed.IsRemoved = true;
        objects[removed.Id % IpcTable.IndexLimit] = null;
    }

    /// <summary>The first free place from there on, or from the start.</summary>
    private int FreeFrom(int start)
    {
        for (int i = 0; i < IpcTable.IndexLimit; i++)
        {
            int index = (start + i) % IpcTable.IndexLimit;
            if (index >= objects.Count || objects[index] is null)
            {
                return index;
            }
        }

        throw new InvalidOperationException("more objects than identifiers");
    }

    private int Add(T made)
    {
        int wanted = takeNext();
        int index = FreeFrom(wanted < 0 ? 0 : wanted % IpcTable.IndexLimit);
        while (objects.Count <= index)
        {
            objects.Add(null);
        }

        objects[index] = made;
        made.Id = ((wanted < 0 ? sequence : wanted / IpcTable.IndexLimit) * IpcTable.IndexLimit) + index;
        sequence = (sequence + 1) % (int.MaxValue / IpcTable.IndexLimit);
        return made.Id;
    }
}
