using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace UniBench.Host;

/// <summary>
/// Directories of this user's own in places that others may write to: made exclusively, with a name that nobody can guess and mode 0700; and the
/// removal of such directories, without following what others may have put in their place.
/// </summary>
/// <remarks>A name is a prefix, the maker's pid, a dash, and 128 random bits. What a killed maker left is found by its prefix.</remarks>
public static class PrivateDirectory
{
    private const int NoReplace = 1;
    private const uint OwnerOnly = 0x1c0; // 0700
    private const int OwnerAt = 28, ModeAt = 24; // in struct stat

    /// <exception cref="IOException">It could not be made.</exception>
    /// <returns>Its path.</returns>
    public static string Create(string parent, string prefix)
    {
        string path = Path.Combine(parent, NewName(prefix));
        CreateAt(path);
        return path;
    }

    /// <summary>A name for <see cref="CreateAt"/>.</summary>
    public static string NewName(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{Environment.ProcessId}-{Guid.NewGuid():N}");

    /// <exception cref="IOException">It could not be made, or something has that name.</exception>
    public static void CreateAt(string path)
    {
        long result = HostCall.OnPath(LinuxCall.Mkdirat, AtFlags.Fdcwd, Text(path), OwnerOnly);
        if (result < 0)
        {
            throw new IOException($"{path}: a directory could not be made: {Errno.Name((int)-result)}");
        }
    }

    /// <summary>Directories of this user with that prefix whose makers have ended. Those of others are not looked at, however many there are.</summary>
    public static IReadOnlyList<string> Abandoned(string parent, string prefix)
    {
        int directory = (int)HostCall.OnPath(LinuxCall.Openat, AtFlags.Fdcwd, Text(parent), OpenFlags.Directory | OpenFlags.Cloexec);
        if (directory < 0)
        {
            return [];
        }

        try
        {
            return
            [
                .. Entries(directory).Select(Encoding.UTF8.GetString)
                    .Where(n => n.StartsWith(prefix, StringComparison.Ordinal) && IsAbandoned(n.AsSpan(prefix.Length)))
                    .Where(n => OpenOwn(directory, Text(n)) is { } own && Close(own)).Select(n => Path.Combine(parent, n)),
            ];
        }
        finally
        {
            HostIo.Close(directory);
        }
    }

    /// <summary>Removes what killed processes left.</summary>
    public static void Sweep(string parent, string prefix)
    {
        foreach (string left in Abandoned(parent, prefix))
        {
            Remove(left);
        }
    }

    /// <summary>Removes a directory of this user with all that is in it; links are removed, mounts and what is behind links stay.</summary>
    /// <returns>False if it is not this user's, or something in it could not be removed.</returns>
    public static bool Remove(string path)
    {
        int parent = (int)HostCall.OnPath(LinuxCall.Openat, AtFlags.Fdcwd, Text(Path.GetDirectoryName(Path.GetFullPath(path))!), OpenFlags.Path | OpenFlags.Directory | OpenFlags.Cloexec);
        if (parent < 0)
        {
            return false;
        }

        byte[] name = Text(Path.GetFileName(Path.GetFullPath(path)));
        try
        {
            if (OpenOwn(parent, name) is not { } top)
            {
                return false;
            }

            Empty(top);
            HostIo.Close(top);
            return HostCall.OnPath(LinuxCall.Unlinkat, parent, name, AtFlags.Removedir) == 0;
        }
        finally
        {
            HostIo.Close(parent);
        }
    }

    /// <summary>Removes everything below, one level at a time: what lies deeper is moved up first, so that no depth takes more than two descriptors.</summary>
    private static void Empty(int top)
    {
        Queue<byte[]> ahead = new(Entries(top).Select(Terminated));
        while (ahead.TryDequeue(out byte[]? name))
        {
            if (HostCall.OnPath(LinuxCall.Unlinkat, top, name, 0) == 0 || HostCall.OnPath(LinuxCall.Unlinkat, top, name, AtFlags.Removedir) == 0 || OpenOwn(top, name) is not { } directory)
            {
                continue;
            }

            foreach (byte[] entry in Entries(directory).Select(Terminated))
            {
                if (HostCall.OnPath(LinuxCall.Unlinkat, directory, entry, 0) == 0 || HostCall.OnPath(LinuxCall.Unlinkat, directory, entry, AtFlags.Removedir) == 0)
                {
                    continue;
                }

                if (OpenOwn(directory, entry) is { } below)
                {
                    HostIo.Close(below); // who is not root may move it now
                }

                // Whoever's it is: right below the top it is known to be in nobody else's reach.
                byte[] moved = Text(Guid.NewGuid().ToString("N"));
                if (HostCall.OnPaths(LinuxCall.Renameat2, directory, entry, top, moved, NoReplace) == 0)
                {
                    ahead.Enqueue(moved);
                }
            }

            HostIo.Close(directory);
            HostCall.OnPath(LinuxCall.Unlinkat, top, name, AtFlags.Removedir);
        }
    }

    /// <summary>Opens a directory for reading if it is this user's, no link and no mount; its owner may do everything with it from then on.</summary>
    private static int? OpenOwn(int parent, byte[] name)
    {
        const ulong WithinMount = 0x01; // RESOLVE_NO_XDEV
        int named = HostCall.OpenStrictly(parent, name, OpenFlags.Path | OpenFlags.Directory | OpenFlags.Nofollow, 0, WithinMount);
        if (named < 0)
        {
            return null;
        }

        try
        {
            Span<byte> status = stackalloc byte[HostIo.StatBytes];
            uint user = HostProcess.Identity.User;
            if (HostIo.Stat(named, status) < 0 || (user != 0 && Owner(status) != user) || (user == 0 && !IsPrivate(parent, status)))
            {
                return null;
            }

            byte[] itself = Encoding.ASCII.GetBytes(FormattableString.Invariant($"/proc/self/fd/{named}\0"));
            HostCall.OnPath(LinuxCall.Fchmodat, AtFlags.Fdcwd, itself, OwnerOnly);
            long opened = HostCall.OnPath(LinuxCall.Openat, named, ".\0"u8, OpenFlags.Directory | OpenFlags.Cloexec);
            return opened < 0 ? null : (int)opened;
        }
        finally
        {
            HostIo.Close(named);
        }

        static uint Owner(ReadOnlySpan<byte> status) => BinaryPrimitives.ReadUInt32LittleEndian(status[OwnerAt..]);

        // Below a directory that only root reaches, guests that run as root may have given theirs to anybody.
        static bool IsPrivate(int above, ReadOnlySpan<byte> status)
        {
            Span<byte> parent = stackalloc byte[HostIo.StatBytes];
            return Owner(status) == 0
                || (HostIo.Stat(above, parent) >= 0 && Owner(parent) == 0 && (BinaryPrimitives.ReadUInt32LittleEndian(parent[ModeAt..]) & 0x3f) == 0);
        }
    }

    private static bool IsAbandoned(ReadOnlySpan<char> rest)
    {
        int dash = rest.IndexOf('-');
        return dash > 0 && int.TryParse(rest[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out int pid) && !Directory.Exists(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}"));
    }

    private static bool Close(int descriptor)
    {
        HostIo.Close(descriptor);
        return true;
    }

    /// <summary>Names in a directory, without . and .. and without NUL.</summary>
    private static List<byte[]> Entries(int directory)
    {
        const int NameAt = 19;
        PinnedBuffer buffer = new(1 << 15);
        HostRange memory = buffer.RangeFrom(0);
        List<byte[]> names = [];
        while (HostCall.OnBuffer(LinuxCall.Getdents64, directory, memory, memory.Length) is var got and > 0)
        {
            for (ReadOnlySpan<byte> left = memory.Span[..(int)got]; left.Length > NameAt; left = left[BinaryPrimitives.ReadUInt16LittleEndian(left[16..])..])
            {
                ReadOnlySpan<byte> name = left[NameAt..];
                name = name[..name.IndexOf((byte)0)];
                if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                {
                    names.Add(name.ToArray());
                }
            }
        }

        GC.KeepAlive(buffer);
        return names;
    }

    private static byte[] Text(string path) => Terminated(Encoding.UTF8.GetBytes(path));

    private static byte[] Terminated(byte[] name) => [.. name, 0];
}
