using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;
using UniBench.Monitor.Files;

namespace UniBench.Monitor.Calls;

/// <summary>Files by the numbers of the descriptors that lead to them, its own and those of other processes: /proc/PID/fd/N.</summary>
internal sealed class LendingCalls(GuestProcess process) : CallModule(process)
{
    public static long OnDescriptor(OpenDescriptor open, Func<OpenFile, long> action, Func<long> otherwise) =>
        open.Kind is DescriptorKind.Host or DescriptorKind.Socket ? open.Holder.Files.Open.Lend(open.Entry.Handle, action, -Errno.ENOENT) : otherwise();

    /// <summary>stat(2) through the link.</summary>
    public long StatusOf(OpenDescriptor open) => OnDescriptor(open, StatusOf, () => StatusWithoutFile(open).Write(Process.Paths.PathData.Span));

    /// <summary>statx(2) through the link.</summary>
    public long WideStatusOf(OpenDescriptor open, long mask) => OnDescriptor(
        open,
        file => file.Status is { } made
            ? made.WriteWide(Process.Paths.PathData.Span)
            : HostCall.OnPath(LinuxCall.Statx, file.Descriptor, [0], AtFlags.EmptyPath, mask, Process.Paths.PathData.Address),
        () => StatusWithoutFile(open).WriteWide(Process.Paths.PathData.Span));

    public long StatusOf(OpenFile file) =>
        file.Status is { } made ? made.Write(Process.Paths.PathData.Span) : HostIo.Stat(file.Descriptor, Process.Paths.PathData.Span);

    /// <summary>Pipes, epoll sets and signal descriptors: as fstat(2) has them, which the library OS answers.</summary>
    private static SpecialStatus StatusWithoutFile(OpenDescriptor open)
    {
        const uint Fifo = 0x1000, OwnersReadWrite = 0x180;
        const ulong Device = 15;
        (uint, uint) owner = (open.Holder.Credentials.Users.File, open.Holder.Credentials.Groups.File);
        return new SpecialStatus((open.IsPipe ? Fifo : 0) | OwnersReadWrite, open.IsPipe ? open.Ring?.Id ?? 0 : 1, 0, 1, 0, owner, Device);
    }

    public static long AccessOf(OpenDescriptor open, int mode) => OnDescriptor(open, file => file.IsGenerated || file.Entry.IsFifo || file.Entry.IsSocket
        ? (file.Special is { } special && (mode & 2) != 0 && (special.Mode & 0x80) == 0 ? -Errno.EACCES : 0)
        : PathCalls.Accessible(file.Descriptor, mode), () => (mode & 1) != 0 ? -Errno.EACCES : 0);

    /// <summary>chmod, chown and utimensat through the link.</summary>
    public long ChangeOf(OpenDescriptor open, Func<int, long> action) => OnDescriptor(
        open, file => !file.IsOwn ? Process.Paths.ChangeOfHosts(file.Special) : !file.MayWrite ? -Errno.EROFS : action(file.Descriptor), () => 0);

    public long TruncateOf(OpenDescriptor open, long length) => OnDescriptor(
        open,
        file => file.Entry.IsDirectory ? -Errno.EISDIR
            : !file.IsRegular || file.IsGenerated ? -Errno.EINVAL
            : !file.MayWrite || file.IsBorrowed ? -Errno.EACCES
            : Process.Files.Grown(file, () => length, () => HostCall.OnPath(LinuxCall.Truncate, PathCalls.DescriptorPath(file.Descriptor), length)),
        () => -Errno.EINVAL);

    /// <summary>open(2) of the link: the file anew, with an offset and flags of its own; of a pipe the end that the flags ask for.</summary>
    public long OpenAnew(OpenDescriptor open, int flags)
    {
        if ((flags & OpenFlags.Path) == 0 && open.Ring is { } ring)
        {
            int access = flags & OpenFlags.Accmode, ends = access switch { 0 => 1, 1 => 2, _ => 3 };
            long slot = Process.Segments.HoldRing(ring, ends, open.Holder);
            return slot < 0 ? slot : GuestLayout.OpenRing | ((long)DescriptorKind.PipeRead + Math.Min(access, 2)) << 16 | slot;
        }

        return OnDescriptor(open, file => file.IsSocket ? -Errno.ENXIO : Process.Files.OpenAgain(file, flags), () => -Errno.ENXIO);
    }

    /// <summary>pidfd_getfd(2): a handle of what another process has open, or as <see cref="OpenAnew"/> an end of a ring, whose word in the other's table is in the bounce buffer.</summary>
    /// <remarks>Signal descriptors, and epoll sets that the other has to itself, lie in the other's memory, and first programs share no table of files: EINVAL.</remarks>
    public long TakeDescriptor(ulong handle, long number)
    {
        if (Process.Files.Held(handle) is not { Process: > 0 and int pid })
        {
            return -Errno.EBADF;
        }

        if (Family.Describe(pid) is not { Living: { } holder } process)
        {
            return -Errno.ESRCH;
        }

        if (holder != Process && !Credentials.MayAttach(process.Credentials))
        {
            return -Errno.EPERM;
        }

        OpenDescriptor open = new(holder, (int)number, number is >= 0 and < GuestLayout.Descriptors ? Family.With(process, p => p.Inspection.Descriptors()[number]) : default);
        switch (open.Kind)
        {
            case DescriptorKind.Free:
                return -Errno.EBADF;
            case DescriptorKind.Host when holder.Files.Open.All == Process.Files.Open.All:
                return holder.Files.Open.Lend(open.Entry.Handle, file => Process.Files.Open.TryShare((int)open.Entry.Handle) ? (long)((uint)file.OpenBits | open.Entry.Handle) : -Errno.EMFILE, -Errno.EBADF);
            case DescriptorKind.PipeRead or DescriptorKind.PipeWrite or DescriptorKind.PipeBoth when open.Ring is { } ring:
                int ends = open.Kind switch { DescriptorKind.PipeRead => 1, DescriptorKind.PipeWrite => 2, _ => 3 };
                long slot = Process.Segments.HoldRing(ring, ends, holder);
                System.Runtime.InteropServices.MemoryMarshal.Write(Vm.Bounce.Span, open.Entry.Handle);
                return slot == -Errno.ENOENT ? -Errno.EBADF : slot < 0 ? slot : GuestLayout.OpenRing | ((long)open.Kind << 16) | slot;
            default:
                return open.IsPipe ? -Errno.EBADF : -Errno.EINVAL;
        }
    }

    /// <summary>linkat(2) of what is open, by its link in /proc or by its descriptor: it gets a name, if it lies on the same mount.</summary>
    public static long LinkOpen(OpenFile file, Place target)
    {
        if (file.Entry.IsDirectory)
        {
            return -Errno.EPERM;
        }

        return target.Mount is not null && file.Mount != target.Mount
            ? -Errno.EXDEV
            : PathCalls.InDirectory(target, creates: true, (fd, name) => HostCall.OnPaths(LinuxCall.Linkat, AtFlags.Fdcwd, PathCalls.DescriptorPath(file.Descriptor), fd, name, AtFlags.SymlinkFollow));
    }
}
