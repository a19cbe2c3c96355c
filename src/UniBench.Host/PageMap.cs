using static Tmds.Linux.LibC;

namespace UniBench.Host;

/// <summary>/proc/self/pagemap: which pages of this process exist, in memory or swapped out. The others read as zero.</summary>
internal static unsafe class PageMap
{
    private const int Page = 4096;
    private const ulong Exists = 3UL << 62; // present, swapped
    private static readonly Lazy<int> Descriptor = new(Open);

    /// <summary>Clears private anonymous memory; pages that do not exist are not made.</summary>
    /// <returns>False where the kernel does not tell; nothing is cleared then.</returns>
    public static bool Clear(HostRange range)
    {
        const int Most = 512;
        ulong* entries = stackalloc ulong[Most];
        for (long done = 0; done < range.Length;)
        {
            int count = (int)Math.Min(Most, (range.Length - done) / Page);
            if ((long)pread(Descriptor.Value, entries, count * sizeof(ulong), (range.Address + done) / Page * sizeof(ulong)) != count * sizeof(ulong))
            {
                return false;
            }

            for (int i = 0; i < count; i++)
            {
                if ((entries[i] & Exists) != 0)
                {
                    range.Slice(done + (i * (long)Page), Page).Span.Clear();
                }
            }

            done += count * (long)Page;
        }

        return true;
    }

    private static int Open()
    {
        fixed (byte* path = "/proc/self/pagemap\0"u8)
        {
            return open(path, O_RDONLY | O_CLOEXEC);
        }
    }
}
