using System.Text;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;
using UniBench.Monitor.Files;
using UniBench.Monitor.Processes;

namespace UniBench.Monitor.Calls;

/// <summary>
/// Extended attributes of files (xattr(7)): those of the user's name space, and trusted ones for who has CAP_SYS_ADMIN. Others are the host's
/// business, which derives rights from them: nobody reads or sets them.
/// </summary>
internal sealed class AttributeCalls(GuestProcess process) : CallModule(process)
{
    private const string UsersNames = "user.", TrustedNames = "trusted.", OverlayNames = "trusted.overlay.";

    /// <param name="call">The one that follows links.</param>
    /// <param name="writable">Whether its mount lets it be changed.</param>
    /// <param name="descriptor">Names the file; it need not be open for anything.</param>
    public long Attribute(LinuxCall call, bool writable, int descriptor, long bytes, long flags)
    {
        byte[] path = PathCalls.DescriptorPath(descriptor);
        if (call == LinuxCall.Listxattr)
        {
            return VisibleAttributes(path, bytes);
        }

        string name = Process.Paths.BouncePath(GuestLayout.PathSecond);
        bool changes = call is LinuxCall.Setxattr or LinuxCall.Removexattr;
        if (!MayName(name))
        {
            return NotForIt(name, changes);
        }

        if (changes && !writable)
        {
            return -Errno.EROFS;
        }

        return (ulong)bytes > (ulong)Process.Paths.PathData.Length
            ? -Errno.EINVAL
            : HostCall.OnAttribute(call, path, PathText.ToKernel(name), Process.Paths.PathData.Slice(0, bytes), flags);
    }

    /// <summary>Devices and what the monitor makes have none, and can have none.</summary>
    public static long AttributeOfSpecial(LinuxCall call) => call switch { LinuxCall.Listxattr => 0, LinuxCall.Getxattr => -Errno.ENODATA, _ => -Errno.EPERM };

    private bool MayName(string name) => name.Length > UsersNames.Length && name.StartsWith(UsersNames, StringComparison.Ordinal)
        || (name.Length > TrustedNames.Length && name.StartsWith(TrustedNames, StringComparison.Ordinal) && !name.StartsWith(OverlayNames, StringComparison.Ordinal) && Credentials.Has(Capability.SysAdmin));

    /// <summary>As Linux answers an ordinary user where such attributes are not set.</summary>
    private static long NotForIt(string name, bool changes) =>
        name is UsersNames or TrustedNames ? -Errno.EINVAL
        : name.StartsWith(TrustedNames, StringComparison.Ordinal) || name.StartsWith("security.", StringComparison.Ordinal) ? changes ? -Errno.EPERM : -Errno.ENODATA
        : -Errno.EOPNOTSUPP;

    /// <summary>Names, each with its NUL; into the bounce buffer if there is room asked for.</summary>
    private long VisibleAttributes(byte[] path, long room)
    {
        const int Longest = 65536; // XATTR_LIST_MAX
        PinnedBuffer buffer = new(Longest);
        HostRange all = buffer.RangeFrom(0);
        long length = HostCall.OnPath(LinuxCall.Listxattr, path, all.Address, Longest);
        if (length < 0)
        {
            return length;
        }

        string names = Encoding.Latin1.GetString(all.Span[..(int)length]);
        GC.KeepAlive(buffer);
        string visible = string.Concat(names.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(MayName).Select(n => n + '\0'));
        if (room == 0)
        {
            return visible.Length;
        }

        return visible.Length > room ? -Errno.ERANGE : Process.Paths.Answer(Encoding.Latin1.GetBytes(visible));
    }
}
