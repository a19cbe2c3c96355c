using UniBench.Host;
using UniBench.Monitor.Memory;

namespace UniBench.Monitor.Files;

/// <summary>An open file whose bytes the monitor makes: its position, and the text as it was when it was last read from its beginning.</summary>
/// <param name="budget">Pays for the text.</param>
internal sealed class OpenText(SpecialFile file, FamilyBudget budget)
{
    private readonly Lock gate = new();
    private byte[]? content;
    private long position;
    private bool isClosed;

    public long Position => Volatile.Read(ref position);

    /// <returns>Bytes, or -errno.</returns>
    public long Read(Span<byte> to)
    {
        long read = ReadAt(Position, to);
        Interlocked.Add(ref position, Math.Max(0, read));
        return read;
    }

    /// <returns>Bytes, or -errno.</returns>
    public long ReadAt(long offset, Span<byte> to)
    {
        if (offset < 0)
        {
            return -Errno.EINVAL;
        }

        if (file is SpecialFile.Window window)
        {
            return window.Read(offset, to);
        }

        if (file is not SpecialFile.Text { Content: { } make })
        {
            return -Errno.EINVAL;
        }

        // Made before the gate is taken: it may ask other processes, and they this one.
        byte[]? fresh = offset == 0 || Volatile.Read(ref content) is null ? PathText.Bytes(make()) : null;
        lock (gate)
        {
            if (fresh is not null && !Keep(fresh))
            {
                return -Errno.ENOMEM;
            }

            if (content is null || offset >= content.Length)
            {
                return 0;
            }

            ReadOnlySpan<byte> rest = content.AsSpan((int)offset);
            rest = rest[..Math.Min(rest.Length, to.Length)];
            rest.CopyTo(to);
            return rest.Length;
        }
    }

    public long Seek(long offset, int whence)
    {
        const int Set = 0, Current = 1;
        long wanted = whence switch { Set => offset, Current => Position + offset, _ => -1 };
        if (wanted < 0)
        {
            return -Errno.EINVAL;
        }

        Volatile.Write(ref position, wanted);
        return wanted;
    }

    /// <returns>Bytes, or -errno.</returns>
    public long Write(ReadOnlySpan<byte> from)
    {
        int errno = file is SpecialFile.Text { Write: { } write } ? write(PathText.Of(from)) : Errno.EINVAL;
        Interlocked.Add(ref position, errno == 0 ? from.Length : 0);
        return errno == 0 ? from.Length : -errno;
    }

    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            Keep(null);
        }
    }

    private bool Keep(byte[]? fresh)
    {
        budget.Give(content?.Length ?? 0);
        content = null;
        if (fresh is null || isClosed || !budget.TryTake(fresh.Length))
        {
            return false;
        }

        content = fresh;
        return true;
    }
}
