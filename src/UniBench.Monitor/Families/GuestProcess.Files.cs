using System.Text;
using UniBench.Kvm;
using UniBench.Monitor.Abi;

namespace UniBench.Monitor.Families;

/// <summary>Files: opened beneath what the run was granted, kept as host handles.</summary>
internal sealed partial class GuestProcess
{
    private const int NoFollow = 0x20000;
    private const int NonBlockingFlag = 0x800;
    private const int SymlinkNoFollow = 0x100;
    private HashSet<int> heldFiles = [];

    /// <summary>The child holds what its parent holds.</summary>
    private void InheritFiles(GuestProcess parent)
    {
        hostHandles = parent.hostHandles;
        heldFiles = [.. parent.heldFiles];
        hostHandles.Hold(heldFiles);
    }

    private void ReleaseFiles()
    {
        foreach (int handle in heldFiles)
        {
            hostHandles.Release(handle);
        }

        heldFiles.Clear();
    }

    /// <summary>The path that the library OS put into the bounce buffer.</summary>
    private string BouncePath()
    {
        ReadOnlySpan<byte> bounce = Vm.Bounce.Span;
        int length = bounce.IndexOf((byte)0);
        return Encoding.UTF8.GetString(bounce[..Math.Max(0, Math.Min(length, 4096))]);
    }

    private long HostOpen(int flags, uint mode)
    {
        int descriptor = family.Files.Open(BouncePath(), flags, mode);
        if (descriptor < 0)
        {
            return descriptor;
        }

        int handle = hostHandles.Add(descriptor, (flags & NonBlockingFlag) != 0);
        heldFiles.Add(handle);
        return handle;
    }

    private long HostClose(ulong handle)
    {
        if (handle <= int.MaxValue && heldFiles.Remove((int)handle))
        {
            hostHandles.Release((int)handle);
        }

        return 0;
    }

    private long HostPread(ulong handle, ulong bytes, long offset) =>
        bytes <= GuestLayout.BounceSize && hostHandles.TryGet(handle, out int fd) ? HostIo.ReadAt(fd, Vm.Bounce.Slice(0, (long)bytes), offset) : -Errno.EBADF;

    private long HostPwrite(ulong handle, ulong bytes, long offset) =>
        bytes <= GuestLayout.BounceSize && hostHandles.TryGet(handle, out int fd) ? HostIo.WriteAt(fd, Vm.Bounce.Slice(0, (long)bytes), offset) : -Errno.EBADF;

    private long HostEntries(ulong handle, ulong bytes) =>
        bytes <= GuestLayout.BounceSize && hostHandles.TryGet(handle, out int fd) ? HostIo.Entries(fd, Vm.Bounce.Slice(0, (long)bytes)) : -Errno.EBADF;

    private long HostStatPath(int flags) => WithPath((flags & SymlinkNoFollow) != 0 ? NoFollow : 0, fd => HostIo.Stat(fd, Vm.Bounce));

    private long HostAccess(int mode) => WithPath(0, fd => HostIo.Access(fd, mode));

    private long HostReadlink()
    {
        string path = BouncePath();
        if (path == "/proc/self/exe")
        {
            return Encoding.UTF8.GetBytes(Path.GetFullPath(ProgramPath), Vm.Bounce.Span);
        }

        return WithPath(NoFollow, fd => HostIo.ReadLink(fd, Vm.Bounce) is var length and not -Errno.ENOENT ? length : -Errno.EINVAL);
    }

    private long WithPath(int flags, Func<int, long> use)
    {
        int descriptor = family.Files.Open(BouncePath(), HostIo.PathOnly | flags, 0);
        if (descriptor < 0)
        {
            return descriptor;
        }

        long result = use(descriptor);
        HostIo.Close(descriptor);
        return result;
    }
}
