using UniBench.Monitor.Abi;

namespace UniBench.Monitor.Files;

/// <summary>Which of its family's open files a process holds. Its own thread changes that; any thread may look, and is lent what it looks at.</summary>
/// <param name="all">The family's.</param>
/// <param name="released">Told of files that this process was the last to hold, before they are closed.</param>
/// <param name="closed">Told of them afterwards.</param>
internal sealed class HeldFiles(OpenFiles all, Action<OpenFile> released, Action<OpenFile> closed)
{
    /// <summary>A descriptor each, and what a call opens on the way.</summary>
    public const int Most = GuestLayout.Descriptors + 16;

    private readonly Lock gate = new();
    private HashSet<int>? handles; // null: none

    public OpenFiles All => all;

    /// <summary>A file that this process holds. One that only others hold may be closed at any moment, and its number be another's then.</summary>
    public OpenFile? Find(ulong handle) =>
        all.IsStandard(handle) || (handle <= int.MaxValue && handles?.Contains((int)handle) == true) ? all.Find(handle) : null;

    /// <summary>Those of one file.</summary>
    public IEnumerable<ulong> Of((ulong Device, ulong Inode) file) =>
        (handles ?? []).Select(h => (ulong)h).Where(h => all.Find(h)?.Entry is { } entry && (entry.Device, entry.Inode) == file);

    /// <summary>Those that are sockets of the family's.</summary>
    public IEnumerable<Sockets.Socket> OfSockets() => (handles ?? []).Select(h => all.Find((ulong)h)?.Socket).OfType<Sockets.Socket>();

    public bool IsFull => handles is { Count: >= Most };

    /// <summary>Keeps a file that was just opened.</summary>
    /// <returns>Its handle; -1 when the family has too many.</returns>
    public int Add(OpenFile file)
    {
        int handle = all.Add(file);
        if (handle >= 0)
        {
            lock (gate)
            {
                (handles ??= []).Add(handle);
            }
        }

        return handle;
    }

    /// <summary>This process holds a handle of another's, which stays open meanwhile.</summary>
    /// <returns>False: it holds as many as it may.</returns>
    public bool TryShare(int handle)
    {
        lock (gate)
        {
            if (!all.IsStandard((ulong)handle) && handles?.Contains(handle) != true)
            {
                if (IsFull)
                {
                    return false;
                }

                all.Hold([handle]);
                (handles ??= []).Add(handle);
            }

            return true;
        }
    }

    /// <summary>A child holds what its parent holds.</summary>
    /// <param name="except">A handle that the parent keeps for itself.</param>
    public void CopyFrom(HeldFiles parent, int except)
    {
        if (parent.handles is { Count: > 0 } held)
        {
            handles = [.. held];
            handles.Remove(except);
            all.Hold(handles);
        }
    }

    public void Release(ulong handle)
    {
        bool wasHeld;
        lock (gate)
        {
            wasHeld = handle <= int.MaxValue && handles?.Remove((int)handle) == true;
        }

        if (wasHeld)
        {
            LetGo((int)handle);
        }
    }

    public void ReleaseAll()
    {
        HashSet<int>? held;
        lock (gate)
        {
            (held, handles) = (handles, null);
        }

        foreach (int handle in held ?? [])
        {
            LetGo(handle);
        }
    }

    /// <summary>Does something with a file that this process holds, on any thread: it stays open meanwhile.</summary>
    /// <param name="otherwise">The answer where it holds no such file.</param>
    public T Lend<T>(ulong handle, Func<OpenFile, T> action, T otherwise)
    {
        OpenFile? file;
        bool isHeld = false;
        lock (gate)
        {
            file = Find(handle);
            if (file is not null && !all.IsStandard(handle))
            {
                all.Hold([(int)handle]);
                isHeld = true;
            }
        }

        try
        {
            return file is null ? otherwise : action(file);
        }
        finally
        {
            if (isHeld)
            {
                LetGo((int)handle);
            }
        }
    }

    private void LetGo(int handle) => LetGo(all, handle);

    /// <summary>What held a file of any process of the family holds it no more.</summary>
    public void LetGo(OpenFiles of, int handle)
    {
        if (of.Release(handle) is { } last)
        {
            released(last);
            last.Close();
            closed(last);
        }
    }
}
