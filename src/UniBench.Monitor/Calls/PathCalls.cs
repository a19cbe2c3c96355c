using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;
using UniBench.Monitor.Files;
using UniBench.Monitor.Processes;
using UniBench.Monitor.Procfs;

namespace UniBench.Monitor.Calls;

/// <summary>System calls on paths, resolved in the family's file tree. Numbers are Linux's.</summary>
internal sealed class PathCalls(GuestProcess process) : CallModule(process)
{
    public const int Execute = 1;
    private SpecialTree? ownFiles;

    public SpecialTree Specials => ownFiles ??= new SpecialTree(Family, Process);


    /// <summary>Where relative paths start.</summary>
    public string WorkingDirectory { get; set; } = "/";

    /// <summary>Where its absolute paths start: chroot(2).</summary>
    public string Root { get; set; } = "/";

    public HostRange PathData => Vm.Bounce.Slice(GuestLayout.PathData, GuestLayout.BounceSize - GuestLayout.PathData);

    /// <summary>Where the path in the bounce buffer starts, for a call on paths.</summary>
    /// <param name="directory">Handle of an open directory, or that of the working directory.</param>
    /// <returns>0 or errno.</returns>
    public int Begin(ulong directory, out string from, out string path) => FromWhere(directory, path = BouncePath(0), out from);

    public long Status(string from, string path, bool follow) => At(from, path, follow, p => Status(p, follow));

    public long WideStatus(string from, string path, bool follow, long mask) => At(from, path, follow, p => WideStatus(p, follow, mask));

    public long ReadLink(string from, string path) => At(from, path, false, ReadLink);

    public long ChangeDirectory(string from, string path) => At(from, path, true, p => Enter(p, d => WorkingDirectory = d));

    public long ChangeRoot(string from, string path) => At(from, path, true, ChangeRoot);

    public long FileSystemOf(string from, string path) => At(from, path, true, FileSystemOf);

    public long MakeDirectory(string from, string path, long mode) =>
        At(from, path, false, p => InDirectory(p, creates: true, (fd, name) => HostCall.OnPath(LinuxCall.Mkdirat, fd, name, mode)));

    public long ChangeMode(string from, string path, long mode) =>
        At(from, path, true, p => Change(p, true, fd => HostCall.OnPath(LinuxCall.Fchmodat, AtFlags.Fdcwd, DescriptorPath(fd), mode)));

    public long ChangeOwner(string from, string path, long user, long group, bool follow) =>
        At(from, path, follow, p => Change(p, follow, fd => HostCall.OnPath(LinuxCall.Fchownat, fd, [0], user, group, AtFlags.EmptyPath)));

    public long Truncate(string from, string path, long length) => At(from, path, true, p =>
        (p.Mount is { Writable: true } ? Process.Owners.MayOpen(FileCalls.EntryOf(p), OpenFlags.Wronly) : 0) is var refused and not 0 ? refused : Truncate(p, length));

    public long Attribute(LinuxCall call, string from, string path, bool follow, long bytes, long flags) => At(from, path, follow, p => p.Special is not null
        ? AttributeCalls.AttributeOfSpecial(call)
        : OnFile(p, follow, false, fd => Process.Attributes.Attribute(call, p.Mount!.Writable, fd, bytes, flags)));

    /// <summary>Where a path starts: the working directory, or an open one.</summary>
    /// <returns>0 or errno.</returns>
    public int FromWhere(ulong directory, string path, out string from)
    {
        from = WorkingDirectory;
        if (directory == GuestLayout.Cwd || path.StartsWith('/'))
        {
            return 0;
        }

        if (Process.Files.Held(directory) is not { Entry.IsDirectory: true, Path: { } open })
        {
            return Errno.ENOTDIR;
        }

        from = open;
        return 0;
    }

    public long At(string from, string path, bool follow, Func<Place, long> action) => Family.Files.At(Specials, from, path, follow, action, Root);

    /// <summary>A path in the bounce buffer.</summary>
    public string BouncePath(int offset)
    {
        ReadOnlySpan<byte> bounce = Vm.Bounce.Span.Slice(offset, PathText.Longest);
        int length = bounce.IndexOf((byte)0);
        return PathText.Of(bounce[..(length < 0 ? bounce.Length : length)]);
    }

    public static byte[] DescriptorPath(int descriptor) => System.Text.Encoding.ASCII.GetBytes(FormattableString.Invariant($"/proc/self/fd/{descriptor}\0"));

    /// <summary>Does something with a descriptor that names what is at a place, without opening it.</summary>
    public static long OnFile(Place place, bool follow, bool changes, Func<int, long> action)
    {
        if (place.Mount is not { } mount)
        {
            return changes ? -Errno.EROFS : -Errno.EACCES;
        }

        int descriptor = HostCall.OpenStrictly(mount.Directory, place.Name, OpenFlags.Path | (follow ? 0 : OpenFlags.Nofollow), 0);
        if (descriptor < 0)
        {
            return descriptor;
        }

        long result = changes && !mount.Writable ? -Errno.EROFS : action(descriptor);
        HostIo.Close(descriptor);
        return result;
    }

    /// <summary>Changes mode, owner or times of what is at a place.</summary>
    private long Change(Place place, bool follow, Func<int, long> action) =>
        place.Special is SpecialFile.Descriptor { Open: { } open } && follow ? Process.Lending.ChangeOf(open, action)
        : place.Special is SpecialFile.Pseudo { Pair: { } pair } ? pair.Node(action)
        : place.Special is { } special ? ChangeOfHosts(special)
        : OnFile(place, follow, true, fd => HostEntry.Of(fd) is { IsCharacterDevice: true } or { IsBlockDevice: true } ? ChangeOfHosts(null) : action(fd));

    /// <summary>A change of mode, owner or times where the file is the host's and stays as it is: a device, a terminal, a stream that was lent.</summary>
    /// <remarks>As its owner root is told that it is done, so that `cp -p FILE /dev/null` works; others, and root in /proc, hear EPERM.</remarks>
    public long ChangeOfHosts(SpecialFile? special) =>
        special is null or SpecialFile.Device or SpecialFile.Multiplexer or SpecialFile.Terminal && Credentials.Users.File == 0 ? 0 : -Errno.EPERM;

    /// <summary>Makes, removes or renames the last name of a path, given its directory.</summary>
    public static long InDirectory(Place place, bool creates, Func<int, byte[], long> action)
    {
        if (place.Mount is not { } mount)
        {
            return creates ? -Errno.EEXIST : -Errno.EPERM;
        }

        string name = mount.Relative(place.Full);
        int cut = name.TrimEnd('/').LastIndexOf('/');
        byte[] directory = PathText.ToKernel(cut < 0 ? "." : name[..cut]);
        int descriptor = HostCall.OpenStrictly(mount.Directory, directory, OpenFlags.Path | 0x10000, 0);
        if (descriptor < 0)
        {
            return descriptor;
        }

        byte[] last = PathText.ToKernel(name[(cut + 1)..]);
        long result = mount.Writable ? action(descriptor, last) : Refuse(descriptor, last, creates);
        HostIo.Close(descriptor);
        return result;
    }

    /// <summary>Why nothing can be changed beneath a read-only mount.</summary>
    private static long Refuse(int directory, byte[] name, bool creates)
    {
        int there = HostCall.OpenStrictly(directory, name, OpenFlags.Path | OpenFlags.Nofollow, 0);
        if (there < 0)
        {
            return creates && there == -Errno.ENOENT ? -Errno.EROFS : there;
        }

        HostIo.Close(there);
        return creates ? -Errno.EEXIST : -Errno.EROFS;
    }

    public long Status(Place place, bool follow) =>
        place.Special is SpecialFile.Descriptor { Open: { } open } && follow ? Process.Lending.StatusOf(open)
        : place.Special is { } special ? SpecialStatus.Of(special, NameOf(place), follow) is { } known ? known.Write(PathData.Span) : -Errno.ENOENT
        : OnFile(place, follow, false, fd => HostIo.Stat(fd, PathData.Span));

    private long WideStatus(Place place, bool follow, long mask) =>
        place.Special is SpecialFile.Descriptor { Open: { } open } && follow ? Process.Lending.WideStatusOf(open, mask)
        : place.Special is { } special ? SpecialStatus.Of(special, NameOf(place), follow) is { } known ? known.WriteWide(PathData.Span) : -Errno.ENOENT
        : OnFile(place, follow, false, fd => HostCall.OnPath(LinuxCall.Statx, fd, [0], AtFlags.EmptyPath, mask, PathData.Address));

    /// <summary>access(2), as the real user, or as who the process acts as with AT_EACCESS.</summary>
    public long CheckAccess(string from, string path, int mode, int flags)
    {
        bool follow = (flags & AtFlags.SymlinkNofollow) == 0;
        HostIdentity? before = HostIdentity.Current;
        HostIdentity.Current = (flags & AtFlags.Eaccess) != 0 ? before : Credentials.OnAccess();
        try
        {
            return At(from, path, follow, p => Access(p, mode, follow));
        }
        finally
        {
            HostIdentity.Current = before;
        }
    }

    /// <summary>Whether the process may do that with a file.</summary>
    public static bool MayAccess(int descriptor, int mode) => Accessible(descriptor, mode) == 0;

    // As the user of the thread's host calls, who is the right one.
    public static long Accessible(int descriptor, int mode) => HostCall.OnPath(LinuxCall.Faccessat2, descriptor, [0], mode, AtFlags.EmptyPath | AtFlags.Eaccess);

    public long Access(Place place, int mode, bool follow)
    {
        const int Write = 2;
        if (place.Special is SpecialFile.Descriptor { Open: { } open } && follow)
        {
            return LendingCalls.AccessOf(open, mode);
        }

        if (place.Special is SpecialFile.Pseudo { Pair: { } pair })
        {
            return pair.Node(node => Accessible(node, mode));
        }

        if (place.Special is { } special)
        {
            bool isLink = special is SpecialFile.Device or SpecialFile.Multiplexer or SpecialFile.Terminal or SpecialFile.Link or SpecialFile.Descriptor;
            return isLink || ((mode & Write) == 0 || Process.Files.MayOpenForWriting(special)) && ((mode & Execute) == 0 || special is SpecialFile.Directory or SpecialFile.Program) && !special.IsRefused ? 0 : -Errno.EACCES;
        }

        return OnFile(place, follow, false, fd =>
        {
            long result = Accessible(fd, mode);
            return result == 0 && (mode & Write) != 0 && !place.Mount!.Writable ? -Errno.EROFS : result;
        });
    }

    public long ReadLink(Place place)
    {
        if (place.Special is { } special)
        {
            if (special.IsRefused)
            {
                return -Errno.EACCES;
            }

            string? target = special switch
            {
                SpecialFile.Link link => link.Target,
                SpecialFile.Program program => PathText.OfHost(program.HostPath),
                SpecialFile.Descriptor { Open: { } open } => open.Name,
                _ => null,
            };
            return target is not null ? Answer(System.Text.Encoding.Latin1.GetBytes(target)) : -Errno.EINVAL;
        }

        return OnFile(place, false, false, fd => HostIo.ReadLink(fd) is { Length: > 0 } target ? Answer(target) : -Errno.EINVAL);
    }

    /// <summary>Bytes into the data part of the bounce buffer.</summary>
    public long Answer(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > PathData.Length)
        {
            return -Errno.ENAMETOOLONG;
        }

        bytes.CopyTo(PathData.Span);
        return bytes.Length;
    }

    private long ChangeRoot(Place place) => Enter(place, _ => { }) is var refused and not 0 ? refused
        : !Credentials.Has(Capability.ChangeRoot) ? -Errno.EPERM
        : Enter(place, d => Root = d);

    /// <summary>Makes a directory that the process may search its working directory, or its root.</summary>
    private static long Enter(Place place, Action<string> enter)
    {
        if (place.Special is SpecialFile.Descriptor { Open: { } open })
        {
            return LendingCalls.OnDescriptor(open, file => FileCalls.EnterDirectory(file, enter), () => -Errno.ENOTDIR);
        }

        long result = place.Special is not null
            ? place.Special is not SpecialFile.Directory ? -Errno.ENOTDIR : place.Special.IsRefused ? -Errno.EACCES : 0
            : OnFile(place, true, false, fd => HostEntry.Of(fd) is { IsDirectory: true } ? Accessible(fd, Execute) : -Errno.ENOTDIR);
        if (result == 0 && place.Full.Length >= PathText.Longest)
        {
            return -Errno.ENAMETOOLONG; // nothing in it could be reached
        }

        if (result == 0)
        {
            enter(NameOf(place));
        }

        return result;
    }

    public long GetWorkingDirectory()
    {
        if (Family.Files.Inspect(Specials, WorkingDirectory) != EntryKind.Directory)
        {
            return -Errno.ENOENT;
        }

        string inRoot = Root == "/" ? WorkingDirectory
            : WorkingDirectory == Root ? "/"
            : WorkingDirectory.StartsWith(Root + "/", StringComparison.Ordinal) ? WorkingDirectory[Root.Length..]
            : "(unreachable)" + WorkingDirectory;
        return Answer(PathText.ToKernel(inRoot));
    }

    public long MakeNode(string from, string path, uint mode)
    {
        const uint Type = 0xf000, Fifo = 0x1000, Character = 0x2000, Folder = 0x4000, Block = 0x6000, Regular = 0x8000, Socket = 0xc000;
        return (mode & Type) is 0 or Fifo or Regular or Socket
            ? At(from, path, false, p => InDirectory(p, creates: true, (fd, name) => HostCall.OnPath(LinuxCall.Mknodat, fd, name, mode)))
            : (mode & Type) is Folder or Block or Character ? -Errno.EPERM // mounts are without devices
            : -Errno.EINVAL;
    }

    /// <summary>A path that names no entry of a directory, but a directory itself: it ends with . or .., or is the root.</summary>
    private static bool NamesDirectoryItself(string path, out bool isParent)
    {
        ReadOnlySpan<char> name = path.AsSpan().TrimEnd('/');
        name = name[(name.LastIndexOf('/') + 1)..];
        isParent = name is "..";
        return name is "." or ".." || (name.IsEmpty && path.Length > 0);
    }

    public long Remove(string from, string path, int flags)
    {
        if (NamesDirectoryItself(path, out bool isParent))
        {
            const int NotEmpty = 39;
            long there = At(from, path, true, _ => 0);
            return there < 0 ? there
                : (flags & AtFlags.Removedir) == 0 ? -Errno.EISDIR
                : isParent ? -NotEmpty
                : path.AsSpan().TrimEnd('/').IsEmpty ? -Errno.EBUSY : -Errno.EINVAL;
        }

        return At(from, path, false, p => InDirectory(p, creates: false, (fd, name) => HostCall.OnPath(LinuxCall.Unlinkat, fd, name, flags)));
    }

    public long MakeLink(string from, string path)
    {
        byte[] target = PathText.ToKernel(BouncePath(GuestLayout.PathSecond));
        return At(from, path, false, p => InDirectory(p, creates: true, (fd, name) => HostCall.Symlink(target, fd, name)));
    }

    public long SetTimes(string from, string path, int flags)
    {
        bool follow = (flags & AtFlags.SymlinkNofollow) == 0;
        return At(from, path, follow, p => follow || p.Special is not null
            ? Change(p, true, fd => HostCall.OnPath(LinuxCall.Utimensat, AtFlags.Fdcwd, DescriptorPath(fd), PathData))
            : InDirectory(p, creates: false, (fd, name) => HostCall.OnPath(LinuxCall.Utimensat, fd, name, PathData, AtFlags.SymlinkNofollow)));
    }

    private long Truncate(Place place, long length) => place.Special is SpecialFile.Descriptor { Open: { } open } ? Process.Lending.TruncateOf(open, length) : OnFile(place, true, true, fd => HostEntry.Of(fd) switch
    {
        { IsDirectory: true } => -Errno.EISDIR,
        { IsRegular: true } => HostCall.OnPath(LinuxCall.Truncate, DescriptorPath(fd), length),
        _ => -Errno.EINVAL,
    });

    /// <summary>link and rename.</summary>
    public long TwoPaths(LinuxCall call, ulong directory, string from, string path, ulong directory2, int flags)
    {
        const int NoReplace = 1, Exchange = 2;
        string path2 = BouncePath(GuestLayout.PathSecond);
        int errno = FromWhere(directory2, path2, out string from2);
        if (errno != 0)
        {
            return -errno;
        }

        if (call == LinuxCall.Linkat && path.Length == 0)
        {
            return LinkHandle(directory, from2, path2);
        }

        if (call == LinuxCall.Renameat2 && (NamesDirectoryItself(path, out _) || NamesDirectoryItself(path2, out _)))
        {
            long there = At(from, path, true, _ => 0), there2 = At(from2, path2, true, _ => 0);
            bool isTarget = NamesDirectoryItself(path2, out _);
            return there < 0 ? there : isTarget && there2 < 0 ? there2 : isTarget && (flags & NoReplace) != 0 ? -Errno.EEXIST : -Errno.EBUSY;
        }

        bool follow = call == LinuxCall.Linkat && (flags & AtFlags.SymlinkFollow) != 0;
        if (follow)
        {
            errno = Family.Files.Walk(Specials, from, path, follow: true, resolve: 0, out Place? real, Root);
            if (errno != 0)
            {
                return -errno;
            }

            if (real!.Special is SpecialFile.Descriptor { Open: { } open })
            {
                return At(from2, path2, false, target => LendingCalls.OnDescriptor(open, file => LendingCalls.LinkOpen(file, target), () => -Errno.EXDEV));
            }

            path = Root == "/" ? real.Full : real.Full[Root.Length..];
        }

        return At(from, path, false, source => At(from2, path2, false, target =>
        {
            if (source.Special is not null && target.Mount is not null)
            {
                return -Errno.EXDEV;
            }

            if (source.Mount != target.Mount && source.Mount is not null && target.Mount is not null)
            {
                return -Errno.EXDEV;
            }

            long result = InDirectory(source, creates: false, (fd, name) => InDirectory(
                target, creates: call == LinuxCall.Linkat, (fd2, name2) => HostCall.OnPaths(call, fd, name, fd2, name2, flags & ~AtFlags.SymlinkFollow)));
            if (result == 0 && call == LinuxCall.Renameat2)
            {
                Family.Renamed(NameOf(source), NameOf(target), isExchange: (flags & Exchange) != 0);
            }

            return result;
        }));
    }

    /// <summary>linkat(2) with AT_EMPTY_PATH.</summary>
    private long LinkHandle(ulong directory, string from2, string path2) => directory == GuestLayout.Cwd
        ? -Errno.EPERM
        : Process.Files.Held(directory) is { } file ? At(from2, path2, false, target => LendingCalls.LinkOpen(file, target)) : -Errno.EBADF;

    /// <summary>statfs(2).</summary>
    private long FileSystemOf(Place place)
    {
        if (place.Special is SpecialFile.Descriptor { Open: { } open })
        {
            return LendingCalls.OnDescriptor(open, file => HostCall.OnBuffer(LinuxCall.Fstatfs, file.Descriptor, PathData), () => -Errno.ENOSYS);
        }

        if (place.Special is null)
        {
            return OnFile(place, true, false, fd => HostCall.OnBuffer(LinuxCall.Fstatfs, fd, PathData));
        }

        int second = place.Full.IndexOf('/', DeviceNodes.IsOfTerminals(place.Full) ? "/dev/".Length : 1);
        int descriptor = (int)FileCalls.OpenHost(second < 0 ? place.Full : place.Full[..second], OpenFlags.Path);
        if (descriptor < 0)
        {
            return descriptor;
        }

        long result = HostCall.OnBuffer(LinuxCall.Fstatfs, descriptor, PathData);
        HostIo.Close(descriptor);
        return result;
    }

    /// <summary>The path of a place, without a slash at its end.</summary>
    public static string NameOf(Place place) => place.Full.Length > 1 ? place.Full.TrimEnd('/') : place.Full;

    /// <summary>Opens a program for exec.</summary>
    /// <param name="path">A char for each byte; empty with AT_EMPTY_PATH, when <paramref name="directory"/> is the program itself.</param>
    /// <param name="full">Where it is in the tree.</param>
    /// <returns>A descriptor, or -errno.</returns>
    public int OpenProgram(string path, ulong directory, int flags, out string full)
    {
        full = path;
        if (path.Length == 0)
        {
            if ((flags & AtFlags.EmptyPath) == 0 || Process.Files.Held(directory) is not { } file)
            {
                return -Errno.ENOENT;
            }

            full = file.Path ?? FormattableString.Invariant($"/dev/fd/{directory}");
            return OpenExecutable(file.Descriptor);
        }

        int errno = FromWhere(directory, path, out string from);
        if (errno != 0)
        {
            return -errno;
        }

        string found = path;
        bool follow = (flags & AtFlags.SymlinkNofollow) == 0;
        long descriptor = At(from, path, follow, p =>
        {
            found = p.Full;
            return p switch
            {
                { Special: SpecialFile.Program program } => OpenExecutableOf(found = PathText.OfHost(program.HostPath)),
                { Special: SpecialFile.Descriptor { Open: { } open } } when follow => LendingCalls.OnDescriptor(
                    open,
                    file =>
                    {
                        found = file.Path ?? found;
                        return OpenExecutable(file.Descriptor);
                    },
                    () => -Errno.EACCES),
                { Special: not null } => -Errno.EACCES,
                _ => OnFile(p, follow, false, fd => OpenExecutable(fd)),
            };
        });
        full = found;
        return (int)descriptor;
    }

    private static long OpenExecutableOf(string hostPath)
    {
        long named = FileCalls.OpenOwn(hostPath, OpenFlags.Path);
        if (named < 0)
        {
            return named;
        }

        long opened = OpenExecutable((int)named);
        HostIo.Close((int)named);
        return opened;
    }

    /// <summary>Opens a program that the process may execute; reading it is the monitor's business, not the process's.</summary>
    private static int OpenExecutable(int named)
    {
        HostEntry entry = HostEntry.Of(named) ?? default;
        long result = entry.IsLink ? -Errno.ELOOP : entry.IsRegular ? Accessible(named, Execute) : -Errno.EACCES;
        return (int)(result == 0 ? HostIdentity.AsOwn(() => FileCalls.OpenHost(FormattableString.Invariant($"/proc/self/fd/{named}"), OpenFlags.Nonblock)) : result);
    }
}
