using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;
using UniBench.Monitor.Files;
using UniBench.Monitor.Processes;

namespace UniBench.Monitor.Calls;

/// <summary>Opening files, and system calls on files that are open.</summary>
internal sealed class FileCalls(GuestProcess process) : CallModule(process)
{
    // Access mode, CREAT EXCL TRUNC APPEND DSYNC SYNC DIRECTORY NOFOLLOW NOATIME TMPFILE PATH.
    private const int Allowed = OpenFlags.Accmode | OpenFlags.Creat | OpenFlags.Excl | OpenFlags.Trunc | OpenFlags.Append | 0x1000 | 0x101000 | 0x10000 | OpenFlags.Nofollow | 0x40000 | 0x400000 | OpenFlags.Path;

    /// <summary>What it has open.</summary>
    public HeldFiles Open { get; private set; } = new(OpenFiles.None, _ => { }, _ => { });

    /// <summary>What the first process starts with: handles 0, 1 and 2.</summary>
    public void SetOpenFiles(OpenFiles files) => Open = new HeldFiles(files, Released, Closed);

    public OpenFile? Held(ulong handle) => Open.Find(handle);

    /// <summary>The child holds what its parent holds, and is where it is.</summary>
    /// <param name="except">A handle that its parent keeps for itself.</param>
    public void InheritFiles(GuestProcess parent, int except)
    {
        (Process.Paths.WorkingDirectory, Process.Paths.Root) = (parent.Paths.WorkingDirectory, parent.Paths.Root);
        SetOpenFiles(parent.Files.Open.All);
        Open.CopyFrom(parent.Files.Open, except);
    }

    public void ReleaseFiles()
    {
        Family.ReleaseLocks(Process, null);
        Open.ReleaseAll();
    }

    public long Keep(OpenFile file)
    {
        file.Memory?.Opened(file.Entry);
        bool tooMany = Open.IsFull;
        int handle = tooMany ? -1 : Open.Add(file);
        if (handle < 0)
        {
            file.Close();
            if (!tooMany)
            {
                Family.LimitHit(Family.Budget.FilesSentence);
            }

            return tooMany ? -Errno.EMFILE : -Errno.ENFILE;
        }

        return handle | file.OpenBits;
    }

    /// <param name="resolve">RESOLVE_* of openat2(2).</param>
    public long OpenPath(ulong directory, int flags, uint mode, int resolve)
    {
        Process.Foresight.Begins();
        int errno = Process.Paths.Begin(directory, out string from, out string path);
        long result = errno != 0 ? -errno : OpenPath(from, path, flags, mode, resolve);
        if (resolve == 0 && (flags & (OpenFlags.Creat | OpenFlags.Trunc | OpenFlags.Tmpfile)) == 0)
        {
            Process.Foresight.Answered(LinuxCall.Openat, directory, path, (uint)flags, mode, result);
        }
        else
        {
            Process.Foresight.ForgetQuestions();
        }

        return result;
    }

    private long OpenPath(string from, string path, int flags, uint mode, int resolve)
    {
        bool follow = (flags & OpenFlags.Nofollow) == 0 && (flags & (OpenFlags.Creat | OpenFlags.Excl)) != (OpenFlags.Creat | OpenFlags.Excl);
        if (resolve == 0)
        {
            return Process.Paths.At(from, path, follow, OpenAt);
        }

        int errno = Family.Files.Walk(Process.Paths.Specials, from, path, follow, resolve, out Place? place, Process.Paths.Root);
        return errno == 0 ? OpenAt(place!) : -errno;

        long OpenAt(Place p) => p.Special is { } special ? OpenSpecial(special, p, flags) : OpenBeneath(p, flags, mode);
    }

    private long OpenBeneath(Place place, int flags, uint mode)
    {
        MountPoint mount = place.Mount!;
        if (!mount.Writable && (flags & OpenFlags.Path) == 0 && ((flags & OpenFlags.Accmode) != 0 || (flags & (OpenFlags.Creat | OpenFlags.Trunc)) != 0))
        {
            if (RefusalBeneath(place, flags) is var refusal and not 0)
            {
                return refusal;
            }

            flags &= ~(OpenFlags.Creat | OpenFlags.Trunc);
        }

        bool names = (flags & OpenFlags.Path) != 0, writes = (flags & (OpenFlags.Accmode | OpenFlags.Trunc)) != 0;
        if (!names && ((flags & OpenFlags.Trunc) != 0 || Family.HasLeases) && Process.Owners.MayOpen(EntryOf(place), flags) is var refused and not 0)
        {
            return refused;
        }

        // Never blocking here: a FIFO would wait for a process of the host.
        int descriptor = HostCall.OpenStrictly(mount.Directory, place.Name, (flags & Allowed) | ((flags & OpenFlags.Path) != 0 ? 0 : OpenFlags.Nonblock | OpenFlags.Noctty), mode);
        Span<byte> status = stackalloc byte[HostIo.StatBytes];
        HostEntry? entry = descriptor >= 0 ? HostEntry.Of(descriptor, status) : descriptor == -Errno.ENXIO ? EntryOf(place) : null;
        if (entry is { IsFifo: true } fifo && (flags & OpenFlags.Path) == 0)
        {
            if (descriptor >= 0)
            {
                HostIo.Close(descriptor);
            }

            return Process.Segments.OpenFifo(fifo, flags);
        }

        if (descriptor < 0)
        {
            return descriptor;
        }

        if (!names && writes && entry is { IsRegular: true } program && Family.Running.Has((program.Device, program.Inode)))
        {
            HostIo.Close(descriptor);
            return -Errno.ETXTBSY;
        }

        if (entry is { IsCharacterDevice: true } or { IsBlockDevice: true } && (flags & OpenFlags.Path) == 0)
        {
            HostIo.Close(descriptor);
            return -Errno.EACCES; // mounts are without devices
        }

        if (entry is { IsRegular: true })
        {
            status.CopyTo(Process.Paths.PathData.Span);
            Vm.Control.Foreseen = GuestLayout.ForeseenStatus;
        }

        return Keep(new OpenFile(descriptor, PathCalls.NameOf(place), entry) { NeverBlocks = true, MayWrite = mount.Writable, IsOwn = true, Mount = mount, NonBlocking = (flags & OpenFlags.Nonblock) != 0 });
    }

    /// <summary>Why something beneath a read-only mount cannot be opened for writing, or made: EROFS only where nothing else is in the way.</summary>
    private static long RefusalBeneath(Place place, int flags)
    {
        int there = HostCall.OpenStrictly(place.Mount!.Directory, place.Name, OpenFlags.Path, 0);
        if (there < 0)
        {
            // Without the directory that it would be made in, ENOENT stays.
            return there == -Errno.ENOENT && (flags & OpenFlags.Creat) != 0 ? PathCalls.InDirectory(place, creates: true, (_, _) => -Errno.EROFS) : there;
        }

        HostEntry? entry = HostEntry.Of(there);
        HostIo.Close(there);
        return (flags & (OpenFlags.Creat | OpenFlags.Excl)) == (OpenFlags.Creat | OpenFlags.Excl) ? -Errno.EEXIST
            : entry is { IsDirectory: true } && (flags & OpenFlags.Tmpfile) == 0 ? -Errno.EISDIR
            : entry is { IsRegular: true } or { IsDirectory: true } && (flags & (OpenFlags.Accmode | OpenFlags.Trunc)) != 0 ? -Errno.EROFS
            : 0;
    }

    public static HostEntry? EntryOf(Place place)
    {
        int descriptor = HostCall.OpenStrictly(place.Mount!.Directory, place.Name, OpenFlags.Path, 0);
        HostEntry? entry = descriptor >= 0 ? HostEntry.Of(descriptor) : null;
        if (descriptor >= 0)
        {
            HostIo.Close(descriptor);
        }

        return entry;
    }

    private long OpenSpecial(SpecialFile special, Place place, int flags)
    {
        if ((flags & (OpenFlags.Creat | OpenFlags.Excl)) == (OpenFlags.Creat | OpenFlags.Excl))
        {
            return -Errno.EEXIST;
        }

        bool namesLink = (flags & (OpenFlags.Nofollow | OpenFlags.Path)) == (OpenFlags.Nofollow | OpenFlags.Path);
        if (special.IsRefused && !namesLink)
        {
            return -Errno.EACCES;
        }

        if (special is SpecialFile.Descriptor { Open: { } open } && (flags & OpenFlags.Nofollow) == 0)
        {
            return (flags & OpenFlags.Directory) != 0 && open.Directory is null ? -Errno.ENOTDIR : Process.Lending.OpenAnew(open, flags);
        }

        if ((flags & OpenFlags.Directory) != 0 && special is not SpecialFile.Directory)
        {
            return -Errno.ENOTDIR;
        }

        return OpenSpecial(special, PathCalls.NameOf(place), flags);
    }

    /// <param name="path">Where it is in the guest's tree.</param>
    private long OpenSpecial(SpecialFile special, string path, int flags)
    {
        const string Something = "/proc/version"; // for poll and statfs
        if (special is SpecialFile.Multiplexer or SpecialFile.Pseudo or SpecialFile.Terminal)
        {
            return Process.Terminals.Open(special, path, flags);
        }

        bool writes = (flags & OpenFlags.Accmode) != 0, isLink = special is SpecialFile.Link or SpecialFile.Descriptor or SpecialFile.Program && (flags & (OpenFlags.Nofollow | OpenFlags.Path)) == (OpenFlags.Nofollow | OpenFlags.Path);
        long descriptor = special switch
        {
            SpecialFile.Device device => OpenHost(device.HostPath, flags & (OpenFlags.Accmode | OpenFlags.Path)),
            SpecialFile.Directory when writes || (flags & OpenFlags.Creat) != 0 => -Errno.EISDIR,
            SpecialFile.Directory => OpenOwn("/proc", flags & OpenFlags.Path),
            SpecialFile.Link or SpecialFile.Descriptor or SpecialFile.Program when isLink => OpenOwn(Something, OpenFlags.Path),
            SpecialFile.Link or SpecialFile.Descriptor => -Errno.ELOOP,
            _ when writes && !MayOpenForWriting(special) => special is SpecialFile.HostText ? -Errno.EROFS : -Errno.EACCES,
            _ when !writes && !MayOpenForReading(special) => -Errno.EACCES,
            SpecialFile.HostText text => OpenOwn(text.HostPath, flags & OpenFlags.Path),
            SpecialFile.Program program => OpenOwnProgram(program),
            SpecialFile.Text or SpecialFile.Window => OpenOwn(Something, flags & OpenFlags.Path),
            _ => -Errno.ENOENT,
        };
        return descriptor < 0 ? descriptor : Keep(new OpenFile((int)descriptor, path)
        {
            Text = special is SpecialFile.Text or SpecialFile.Window ? new OpenText(special, Family.Budget) : null,
            Access = flags & OpenFlags.Accmode,
            Special = special,
            IsLink = isLink,
            MayWrite = special is SpecialFile.Device or SpecialFile.Text or SpecialFile.Window,
            NonBlocking = (flags & OpenFlags.Nonblock) != 0,
        });
    }

    /// <summary>By its mode. What root opens for writing although nothing can be written says so when it tries.</summary>
    public bool MayOpenForWriting(SpecialFile special)
    {
        const uint Write = 0x92;
        return special is SpecialFile.Text or SpecialFile.Window && (Credentials.Has(Capability.OverridePermissions) || (special.Mode & Write & ClassOf(special)) != 0);
    }

    private bool MayOpenForReading(SpecialFile special)
    {
        const uint Read = 0x124;
        return special is SpecialFile.Program || Credentials.Has(Capability.OverridePermissions) || (special.Mode & Read & ClassOf(special)) != 0;
    }

    /// <summary>The bits of a mode that count for the process: owner's, group's or others'.</summary>
    private uint ClassOf(SpecialFile special) =>
        special.Owner.User == Credentials.Users.File ? 0x1c0u : Credentials.IsInGroup(special.Owner.Group) ? 0x38u : 7u;

    /// <summary>What the process may not read it does not read here either, whatever directories lead to it.</summary>
    private static long OpenOwnProgram(SpecialFile.Program program)
    {
        long descriptor = HostIdentity.AsOwn(() => OpenHost(PathText.OfHost(program.HostPath), 0));
        if (descriptor < 0 || PathCalls.MayAccess((int)descriptor, 4))
        {
            return descriptor;
        }

        HostIo.Close((int)descriptor);
        return -Errno.EACCES;
    }

    /// <summary>A file of the host that the monitor vouches for, whoever the process is.</summary>
    public static long OpenOwn(string path, int flags) => HostIdentity.AsOwn(() => OpenHost(path, flags));

    public static long OpenHost(string path, int flags) => HostCall.OnPath(LinuxCall.Openat, AtFlags.Fdcwd, PathText.ToKernel(path), flags | 0x80000);

    public static long Duplicate(int descriptor) => HostCall.Invoke(LinuxCall.Fcntl, descriptor, FcntlCommand.DupfdCloexec, 0);

    /// <summary>From a file that the monitor makes; the summary names what the family got no more of.</summary>
    public long ReadText(OpenFile file, Func<Span<byte>, long> read, int bytes)
    {
        return (file.Access & OpenFlags.Accmode) == OpenFlags.Wronly ? -Errno.EBADF : NamedLimit(read(Vm.Bounce.Span[..bytes]));
    }

    public long WriteText(OpenFile file, OpenText text, int bytes) => (file.Access & OpenFlags.Accmode) == 0 ? -Errno.EBADF : text.Write(Vm.Bounce.Span[..bytes]);

    public long CloseFile(ulong handle)
    {
        if (Held(handle) is { } file)
        {
            if (file.IsRegular)
            {
                Family.ReleaseLocks(Process, (file.Entry.Device, file.Entry.Inode));
            }

            if (file.Queue is { } queue)
            {
                Process.PosixQueues.StopNotifying(queue);
            }

            if (file.Socket is { } socket)
            {
                Process.Sockets.Release(socket);
            }

            Open.Release(handle);
        }

        return 0;
    }

    /// <summary>The locks of an open file go with it.</summary>
    private void Released(OpenFile last)
    {
        if (last is { IsMaster: true, Terminal: PseudoTerminal pair })
        {
            Family.HangUp(pair);
        }

        Family.CloseLease(last);
        if (last.MayHaveLocks)
        {
            Family.ReleaseLocks(last);
        }
    }

    /// <summary>What was on its way to a socket is lost with it.</summary>
    private void Closed(OpenFile closed)
    {
        if (closed.Socket is not null)
        {
            Process.Sockets.LoseAbandoned();
        }
    }

    public long Status(OpenFile file) => file.Status is { } made ? made.Write(Vm.Bounce.Span) : HostIo.Stat(file.Descriptor, Vm.Bounce.Span);

    public static long Seek(OpenFile file, long offset, int whence) =>
        file.Text is { } text ? text.Seek(offset, whence)
        : file.Listed is null ? HostIo.Seek(file.Descriptor, offset, whence)
        : file.Position = (int)Math.Clamp(offset, 0, int.MaxValue);

    public long ReadAt(OpenFile file, long bytes, long offset) =>
        (ulong)bytes > GuestLayout.BounceSize ? -Errno.EINVAL
        : file.Text is { } text ? ReadText(file, to => text.ReadAt(offset, to), (int)bytes)
        : HostCall.OnBuffer(LinuxCall.Pread64, file.Descriptor, Vm.Bounce, bytes, offset);

    public long WriteAt(OpenFile file, long bytes, long offset) =>
        (ulong)bytes > GuestLayout.BounceSize ? -Errno.EINVAL
        : file.Text is { } text ? WriteText(file, text, (int)bytes)
        : Grown(file, () => After(EndOf(file, offset), bytes), () => HostCall.OnBuffer(LinuxCall.Pwrite64, file.Descriptor, Vm.Bounce, bytes, offset));

    /// <summary>Writes behind the end of a file, whatever its flags and position.</summary>
    /// <param name="moves">Its position comes to be there, too.</param>
    public long Append(OpenFile file, long bytes, bool moves) =>
        (ulong)bytes > GuestLayout.BounceSize ? -Errno.EINVAL
        : !file.IsRegular || file.Text is not null ? -Errno.EOPNOTSUPP
        : Grown(file, () => After(EndOf(file, 0), bytes), () => HostIo.Append(file.Descriptor, Vm.Bounce.Slice(0, bytes), moves));

    /// <summary>faccessat2 of what is open.</summary>
    public long Access(OpenFile file, int mode, int flags)
    {
        HostIdentity? before = HostIdentity.Current;
        HostIdentity.Current = (flags & AtFlags.Eaccess) != 0 ? before : Credentials.OnAccess();
        try
        {
            return file.Status is null ? PathCalls.Accessible(file.Descriptor, mode) : 0;
        }
        finally
        {
            HostIdentity.Current = before;
        }
    }

    public long ListNames(OpenFile file, long bytes) =>
        (ulong)bytes > GuestLayout.BounceSize ? -Errno.EINVAL
        : file.Listed is { } listed ? ListNames(file, listed, (int)bytes)
        : HostCall.OnBuffer(LinuxCall.Getdents64, file.Descriptor, Vm.Bounce, bytes);

    public long Truncate(OpenFile file, long length) =>
        file.MayWrite ? Grown(file, () => length, () => HostCall.Invoke(LinuxCall.Ftruncate, file.Descriptor, length)) : -Errno.EINVAL;

    public long Allocate(OpenFile file, long mode, long offset, long length) =>
        file.MayWrite ? Grown(file, () => After(offset, length), () => HostCall.Invoke(LinuxCall.Fallocate, file.Descriptor, mode, offset, length)) : -Errno.EINVAL;

    /// <summary>fchmod, fchown, utimensat of a descriptor.</summary>
    public long Change(OpenFile file, Func<int, long> change) =>
        !file.IsOwn ? Process.Paths.ChangeOfHosts(file.Special) : file.MayWrite ? change(file.Descriptor) : -Errno.EROFS;

    public long ReadLink(OpenFile file) =>
        file.IsLink ? Process.Paths.ReadLink(new Place(file.Path!, null, file.Special))
        : HostIo.ReadLink(file.Descriptor) is { Length: > 0 } target ? Process.Paths.Answer(target) : -Errno.ENOENT;

    public long Attribute(LinuxCall call, OpenFile file, long bytes, long flags) =>
        (HostIo.GetFlags(file.Descriptor) & OpenFlags.Path) != 0 ? -Errno.EBADF
        : !file.IsOwn || file.Special is not null ? AttributeCalls.AttributeOfSpecial(call)
        : Process.Attributes.Attribute(call, file.MayWrite, file.Descriptor, bytes, flags);

    /// <summary>Does what may make a file larger; a memfd only as far as the family's budget goes.</summary>
    /// <param name="end">The size that it may come to have.</param>
    public long Grown(OpenFile file, Func<long> end, Func<long> action) => file.Memory is { } memory ? NamedLimit(memory.Resize(file, end(), action)) : action();

    /// <summary>Where writing at an offset, or with O_APPEND anywhere, begins.</summary>
    public static long EndOf(OpenFile file, long offset) =>
        (HostIo.GetFlags(file.Descriptor) & OpenFlags.Append) != 0 ? HostEntry.Of(file.Descriptor)?.Size ?? offset : offset;

    public static long After(long offset, long length) => offset > long.MaxValue - Math.Max(0, length) ? long.MaxValue : offset + length;

    /// <summary>The process that a descriptor of pidfd_open, or a directory in /proc, stands for; 0 for none.</summary>
    public static int ProcessOf(OpenFile file)
    {
        const string Directory = "/proc/";
        return file.Process == 0 && file.Path?.StartsWith(Directory, StringComparison.Ordinal) == true
            && int.TryParse(file.Path.AsSpan(Directory.Length), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int named)
            ? named
            : file.Process;
    }

    public static long EnterDirectory(OpenFile file, Action<string> enter)
    {
        if (!file.Entry.IsDirectory || file.Path is not { } path)
        {
            return -Errno.ENOTDIR;
        }

        if (file.Names is null && !PathCalls.MayAccess(file.Descriptor, PathCalls.Execute))
        {
            return -Errno.EACCES;
        }

        enter(path);
        return 0;
    }

    /// <summary>/dev/fd/N: the file anew, with an offset and flags of its own.</summary>
    public long OpenAgain(OpenFile file, int flags)
    {
        if (file is { IsGenerated: true, Path: { } path } && file.Special is { } special)
        {
            return OpenSpecial(special, path, flags);
        }

        if (file.Terminal is PseudoTerminal pair)
        {
            return Process.Terminals.OpenAgain(file, pair, flags);
        }

        bool anew = file.IsRegular || file.Entry.IsDirectory;
        if ((flags & (OpenFlags.Accmode | OpenFlags.Trunc)) != 0 && (!file.MayWrite || (anew && file.IsBorrowed && !IsLentFor(file, flags))))
        {
            return -Errno.EACCES;
        }

        if (anew && (flags & OpenFlags.Path) == 0 && Process.Owners.MayOpen(file.Entry, flags) is var refused and not 0)
        {
            return refused;
        }

        long descriptor = anew
            ? HostCall.OnPath(LinuxCall.Openat, AtFlags.Fdcwd, PathCalls.DescriptorPath(file.Descriptor), (flags & Allowed & ~OpenFlags.Nofollow) | OpenFlags.Noctty | 0x80000)
            : Duplicate(file.Descriptor);
        return descriptor < 0
            ? descriptor
            : Keep(new OpenFile((int)descriptor, file.Path) { Mount = file.Mount, NeverBlocks = file.NeverBlocks, MayWrite = file.MayWrite, IsOwn = file.IsOwn, Memory = file.Memory, Special = file.Special, NonBlocking = (flags & OpenFlags.Nonblock) != 0 });
    }

    /// <summary>A stream that was lent for reading only is not opened for writing by its number.</summary>
    private static bool IsLentFor(OpenFile file, int flags) =>
        (HostIo.GetFlags(file.Descriptor) & OpenFlags.Accmode) is var lent && (lent == 2 || (lent == (flags & OpenFlags.Accmode) && (lent != 0 || (flags & OpenFlags.Trunc) == 0)));

    public long TimerFile(int descriptor, int flags)
    {
        HostRange old = Vm.Bounce.Slice(32, 32);
        return HostCall.Invoke(LinuxCall.TimerfdSettime, descriptor, flags, Vm.Bounce.Address, old.Address);
    }

    /// <summary>getdents64 of a directory that the monitor makes.</summary>
    private long ListNames(OpenFile file, SpecialFile.Directory directory, int bytes)
    {
        IReadOnlyList<string> names = file.Names = file.Position == 0 || file.Names is null ? [.. directory.List()] : file.Names;
        const int Header = 19;
        const byte Unknown = 0;
        Span<byte> to = Vm.Bounce.Span[..bytes];
        int used = 0;
        for (; file.Position < names.Count + 2; file.Position++)
        {
            string name = file.Position switch { 0 => ".", 1 => "..", _ => names[file.Position - 2] };
            int length = (Header + name.Length + 1 + 7) & ~7;
            if (used + length > bytes)
            {
                return used > 0 ? used : -Errno.EINVAL;
            }

            Span<byte> record = to.Slice(used, length);
            record.Clear();
            BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)file.Position + 1);
            BinaryPrimitives.WriteInt64LittleEndian(record[8..], file.Position + 1);
            BinaryPrimitives.WriteUInt16LittleEndian(record[16..], (ushort)length);
            record[18] = Unknown;
            Encoding.Latin1.GetBytes(name, record[Header..]);
            used += length;
        }

        return used;
    }

    public long MakeEvent(long value, long flags) =>
        KeepMade(HostCall.Invoke(LinuxCall.Eventfd2, value, (flags & 1) | OpenFlags.Nonblock | OpenFlags.Cloexec), (flags & OpenFlags.Nonblock) != 0);

    public long MakeTimer(long clock, long flags) =>
        clock is 8 or 9 ? -Errno.EPERM // clocks that wake the machine from sleep
        : KeepMade(HostCall.Invoke(LinuxCall.TimerfdCreate, clock, OpenFlags.Nonblock | OpenFlags.Cloexec), (flags & OpenFlags.Nonblock) != 0);

    public long MakeMemory(long flags) =>
        KeepMade(HostCall.OnPath(LinuxCall.MemfdCreate, PathText.ToKernel(Process.Paths.BouncePath(0)), (flags & 0x1a) | 1), false, isMemory: true);

    /// <summary>socketpair: the handles come in the bounce buffer.</summary>
    public long MakePair(long family, long type, long protocol)
    {
        const int KindOfSocket = 0xf;
        if (SocketRules.CheckPair(family, type & KindOfSocket, protocol) is var refused and not 0)
        {
            return refused;
        }

        bool nonBlocking = (type & OpenFlags.Nonblock) != 0;
        long result = HostCall.MakePair((int)family, (int)((type & KindOfSocket) | OpenFlags.Nonblock | OpenFlags.Cloexec), (int)protocol, out int first, out int second);
        if (result < 0)
        {
            return result;
        }

        long one = KeepMade(first, nonBlocking), other = KeepMade(second, nonBlocking);
        if (one < 0 || other < 0)
        {
            CloseFile((ulong)one);
            CloseFile((ulong)other);
            return Math.Min(one, other);
        }

        MemoryMarshal.Write(Vm.Bounce.Span, ((int)one, (int)other));
        return 0;
    }

    public long OpenProcess(int pid, bool nonBlocking)
    {
        int descriptor = Family.OpenProcess(pid);
        return descriptor < 0 ? descriptor : Keep(new OpenFile(descriptor, null) { Process = pid, NeverBlocks = true, NonBlocking = nonBlocking });
    }

    private long KeepMade(long descriptor, bool nonBlocking, bool isMemory = false) =>
        descriptor < 0 ? descriptor : Keep(new OpenFile((int)descriptor, null) { NeverBlocks = true, IsOwn = isMemory, Memory = isMemory ? Family.MemoryFiles : null, NonBlocking = nonBlocking });
}
