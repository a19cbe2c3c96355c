namespace UniBench.Host;

/// <summary>System calls of the host, for callers that pass on what a guest asked for. Results are what the kernel returned: a count, or -errno.</summary>
/// <remarks>Paths are bytes, as Linux has them, and end with NUL. The caller vouches for every descriptor and flag.</remarks>
public static unsafe class HostCall
{
    /// <summary>openat2(2): no symbolic link is followed, and nothing above the directory is reached.</summary>
    public const ulong ResolveStrictly = 0x08 | 0x04 | 0x02; // BENEATH, NO_SYMLINKS, NO_MAGICLINKS


    /// <summary>A call whose arguments are numbers.</summary>
    public static long Invoke(LinuxCall call, long a = 0, long b = 0, long c = 0, long d = 0, long e = 0) => Call(call, a, b, c, d, e);

    /// <summary>A call on a descriptor with a buffer as its second argument.</summary>
    public static long OnBuffer(LinuxCall call, int descriptor, HostRange buffer, long c = 0, long d = 0) => Call(call, descriptor, buffer.Address, c, d, 0);

    /// <summary>A call with a directory and a path as its first arguments.</summary>
    /// <param name="path">NUL-terminated.</param>
    public static long OnPath(LinuxCall call, int directory, ReadOnlySpan<byte> path, long c = 0, long d = 0, long e = 0)
    {
        fixed (byte* at = Terminated(path))
        {
            return Call(call, directory, (nint)at, c, d, e);
        }
    }

    /// <summary>A call with a path as its first argument.</summary>
    public static long OnPath(LinuxCall call, ReadOnlySpan<byte> path, long b, long c = 0)
    {
        fixed (byte* at = Terminated(path))
        {
            return Call(call, (nint)at, b, c, 0, 0);
        }
    }

    /// <summary>A call on an extended attribute of what a path names: setxattr, getxattr, removexattr.</summary>
    public static long OnAttribute(LinuxCall call, ReadOnlySpan<byte> path, ReadOnlySpan<byte> name, HostRange value, long flags)
    {
        fixed (byte* at = Terminated(path), named = Terminated(name))
        {
            return Call(call, (nint)at, (nint)named, value.Address, value.Length, flags);
        }
    }

    /// <summary>A call with a directory, a path and a buffer as its first arguments.</summary>
    public static long OnPath(LinuxCall call, int directory, ReadOnlySpan<byte> path, HostRange buffer, long d = 0) => OnPath(call, directory, path, buffer.Address, d, 0);

    /// <summary>rename and link: two directories, two paths.</summary>
    public static long OnPaths(LinuxCall call, int directory, ReadOnlySpan<byte> path, int directory2, ReadOnlySpan<byte> path2, long flags)
    {
        fixed (byte* at = Terminated(path), at2 = Terminated(path2))
        {
            return Call(call, directory, (nint)at, directory2, (nint)at2, flags);
        }
    }

    /// <summary>socketpair(2). The descriptors never lie in memory of a guest, which might put others there.</summary>
    public static long MakePair(int family, int type, int protocol, out int first, out int second)
    {
        int* made = stackalloc int[2] { -1, -1 };
        long result = Call(LinuxCall.Socketpair, family, type, protocol, (nint)made, 0);
        (first, second) = (made[0], made[1]);
        return result;
    }

    /// <summary>symlinkat(2).</summary>
    public static long Symlink(ReadOnlySpan<byte> target, int directory, ReadOnlySpan<byte> path)
    {
        fixed (byte* text = Terminated(target), at = Terminated(path))
        {
            return Call(LinuxCall.Symlinkat, (nint)text, directory, (nint)at, 0, 0);
        }
    }

    /// <summary>Opens a path beneath a directory; close-on-exec.</summary>
    /// <param name="mode">Permissions of a file that is made.</param>
    /// <param name="resolve">Further RESOLVE_* flags.</param>
    /// <returns>A descriptor, or -errno; -ELOOP when a symbolic link is in the way.</returns>
    public static int OpenStrictly(int directory, ReadOnlySpan<byte> path, int flags, uint mode, ulong resolve = 0)
    {
        ulong* how = stackalloc ulong[3] { (uint)flags | OpenFlags.Cloexec, (flags & (OpenFlags.Creat | OpenFlags.Tmpfile)) != 0 ? mode & 0xfff : 0, ResolveStrictly | resolve };
        return (int)OnPath(LinuxCall.Openat2, directory, path, (nint)how, 24);
    }

    private static ReadOnlySpan<byte> Terminated(ReadOnlySpan<byte> path) =>
        path.Length > 0 && path[^1] == 0 ? path : throw new ArgumentException("a path for the kernel ends with NUL", nameof(path));

    //// SAFETY: the pointers passed stay fixed or belong to a HostRange for the time of the call.
    private static long Call(LinuxCall call, long a, long b, long c, long d, long e)
    {
        if (HostIdentity.Current is { } other)
        {
            return other.Call(call, a, b, c, d, e);
        }

        nint result = NativeMethods.SystemCall(call, (nint)a, (nint)b, (nint)c, (nint)d, (nint)e);
        return result >= 0 ? result : -Errno.Last;
    }
}
