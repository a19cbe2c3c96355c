using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Files;
using UniBench.Monitor.Processes;

namespace UniBench.Monitor.Families;

/// <summary>Opening files, and system calls on files that are open.</summary>
internal sealed partial class GuestProcess
{
    private const int AccessMode = 3;
    private const int Create = 0x40;
    private const int Exclusive = 0x80;
    private const int Truncating = 0x200;
    private const int NonBlockingFlag = 0x800;
    private const int Append = 0x400;

    // Access mode, CREAT EXCL TRUNC APPEND DSYNC SYNC DIRECTORY NOFOLLOW NOATIME TMPFILE PATH.
    private const int Allowed = AccessMode | Create | Exclusive | Truncating | Append | 0x1000 | 0x101000 | 0x10000 | NoFollow | 0x40000 | 0x400000 | PathOnly;
    private const int NoControllingTerminal = 0x100;
    private const int MostHeld = GuestLayout.Descriptors + 16; // a descriptor each, and what a call opens on the way
    private HashSet<int>? heldFiles; // null: none
    private OpenFiles hostFiles = OpenFiles.None;

    /// <summary>What the first process starts with: handles 0, 1 and 2.</summary>
    public void SetOpenFiles(OpenFiles files) => hostFiles = files;

    /// <summary>A file of this process's. One that only others hold may be closed at any moment, and its number be another's then.</summary>
    private OpenFile? Held(ulong handle) => hostFiles.IsStandard(handle) || (handle <= int.MaxValue && heldFiles?.Contains((int)handle) == true) ? hostFiles.Find(handle) : null;

    /// <summary>The child holds what its parent holds, and is where it is.</summary>
    /// <param name="except">A handle that its parent keeps for itself.</param>
    private void InheritFiles(GuestProcess parent, int except)
    {
        (WorkingDirectory, Root) = (parent.WorkingDirectory, parent.Root);
        hostFiles = parent.hostFiles;
        if (parent.heldFiles is { Count: > 0 } held)
        {
            heldFiles = [.. held];
            heldFiles.Remove(except);
            hostFiles.Hold(heldFiles);
        }
    }

    private void ReleaseFiles()
    {
        family.ReleaseLocks(this, null);
        HashSet<int>? held;
        lock (heldGate)
        {
            (held, heldFiles) = (heldFiles, null);
        }

        foreach (int handle in held ?? [])
        {
            Release(handle);
        }
    }

    private long Keep(OpenFile file)
    {
        file.Memory?.Opened(file.Entry);
        bool tooMany = heldFiles is { Count: >= MostHeld };
        int handle = tooMany ? -1 : hostFiles.Add(file);
        if (handle < 0)
        {
            file.Close();
            if (!tooMany)
            {
                family.LimitHit(family.Budget.FilesSentence);
            }

            return tooMany ? -Errno.EMFILE : -Errno.ENFILE;
        }

        lock (heldGate)
        {
            (heldFiles ??= []).Add(handle);
        }

        return handle | file.OpenBits;
    }

    /// <param name="resolve">RESOLVE_* of openat2(2).</param>
    private long Open(ulong directory, int flags, uint mode, int resolve)
    {
        string path = BouncePath(0);
        int errno = Start(directory, path, out string from);
        if (errno != 0)
        {
            return -errno;
        }

        bool follow = (flags & NoFollow) == 0 && (flags & (Create | Exclusive)) != (Create | Exclusive);
        if (resolve == 0)
        {
            return At(from, path, follow, OpenAt);
        }

        errno = family.Files.Walk(Specials, from, path, follow, resolve, out Place? place, Root);
        return errno == 0 ? OpenAt(place!) : -errno;

        long OpenAt(Place p) => p.Special is { } special ? OpenSpecial(special, p, flags) : OpenBeneath(p, flags, mode);
    }

    private long OpenBeneath(Place place, int flags, uint mode)
    {
        MountPoint mount = place.Mount!;
        if (!mount.Writable && ((flags & AccessMode) != 0 || (flags & (Create | Truncating)) != 0))
        {
            int there = HostCall.OpenStrictly(mount.Directory, place.Name, PathOnly, 0);
            if (there < 0)
            {
                return there == -Errno.ENOENT && (flags & Create) != 0 ? -Errno.EROFS : there;
            }

            bool isFile = HostEntry.Of(there) is { IsRegular: true } or { IsDirectory: true };
            HostIo.Close(there);
            if ((flags & (Create | Exclusive)) == (Create | Exclusive))
            {
                return -Errno.EEXIST;
            }

            if (isFile && ((flags & AccessMode) != 0 || (flags & Truncating) != 0))
            {
                return -Errno.EROFS;
            }

            flags &= ~(Create | Truncating);
        }

        bool names = (flags & PathOnly) != 0, writes = (flags & (AccessMode | Truncating)) != 0;
        if (!names && ((flags & Truncating) != 0 || family.HasLeases) && MayOpen(EntryOf(place), flags) is var refused and not 0)
        {
            return refused;
        }

        // Never blocking here: a FIFO would wait for a process of the host.
        int descriptor = HostCall.OpenStrictly(mount.Directory, place.Name, (flags & Allowed) | ((flags & PathOnly) != 0 ? 0 : NonBlockingFlag | NoControllingTerminal), mode);
        HostEntry? entry = descriptor >= 0 ? HostEntry.Of(descriptor) : descriptor == -Errno.ENXIO ? EntryOf(place) : null;
        if (entry is { IsFifo: true } fifo && (flags & PathOnly) == 0)
        {
            if (descriptor >= 0)
            {
                HostIo.Close(descriptor);
            }

            return OpenFifo(fifo, flags);
        }

        if (descriptor < 0)
        {
            return descriptor;
        }

        if (!names && writes && entry is { IsRegular: true } program && family.Running.Has((program.Device, program.Inode)))
        {
            HostIo.Close(descriptor);
            return -Errno.ETXTBSY;
        }

        if (entry is { IsCharacterDevice: true } or { IsBlockDevice: true } && (flags & PathOnly) == 0)
        {
            HostIo.Close(descriptor);
            return -Errno.EACCES; // mounts are without devices
        }

        return Keep(new OpenFile(descriptor, NameOf(place)) { NeverBlocks = true, MayWrite = mount.Writable, IsOwn = true, Mount = mount, NonBlocking = (flags & NonBlockingFlag) != 0 });
    }

    private static HostEntry? EntryOf(Place place)
    {
        int descriptor = HostCall.OpenStrictly(place.Mount!.Directory, place.Name, PathOnly, 0);
        HostEntry? entry = descriptor >= 0 ? HostEntry.Of(descriptor) : null;
        if (descriptor >= 0)
        {
            HostIo.Close(descriptor);
        }

        return entry;
    }

    private long OpenSpecial(SpecialFile special, Place place, int flags)
    {
        const int DirectoryOnly = 0x10000;
        if ((flags & (Create | Exclusive)) == (Create | Exclusive))
        {
            return -Errno.EEXIST;
        }

        bool namesLink = (flags & (NoFollow | PathOnly)) == (NoFollow | PathOnly);
        if (special.IsRefused && !namesLink)
        {
            return -Errno.EACCES;
        }

        if (special is SpecialFile.Descriptor { Open: { } open } && (flags & NoFollow) == 0)
        {
            return (flags & DirectoryOnly) != 0 && open.Directory is null ? -Errno.ENOTDIR : OpenAnew(open, flags);
        }

        if ((flags & DirectoryOnly) != 0 && special is not SpecialFile.Directory)
        {
            return -Errno.ENOTDIR;
        }

        return OpenSpecial(special, NameOf(place), flags);
    }

    /// <param name="path">Where it is in the guest's tree.</param>
    private long OpenSpecial(SpecialFile special, string path, int flags)
    {
        const string Something = "/proc/version"; // for poll and statfs
        bool writes = (flags & AccessMode) != 0, isLink = special is SpecialFile.Link or SpecialFile.Descriptor or SpecialFile.Program && (flags & (NoFollow | PathOnly)) == (NoFollow | PathOnly);
        long descriptor = special switch
        {
            SpecialFile.Device device => OpenHost(device.HostPath, flags & (AccessMode | PathOnly)),
            SpecialFile.Terminal => family.HasTerminal(this) && hostFiles.Terminal is { } terminal ? Duplicate(terminal.Descriptor) : -Errno.ENXIO,
            SpecialFile.Directory when writes => -Errno.EISDIR,
            SpecialFile.Directory => OpenOwn("/proc", flags & PathOnly),
            SpecialFile.Link or SpecialFile.Descriptor or SpecialFile.Program when isLink => OpenOwn(Something, PathOnly),
            SpecialFile.Link or SpecialFile.Descriptor => -Errno.ELOOP,
            _ when writes && !MayOpenForWriting(special) => special is SpecialFile.HostText ? -Errno.EROFS : -Errno.EACCES,
            _ when !writes && !MayOpenForReading(special) => -Errno.EACCES,
            SpecialFile.HostText text => OpenOwn(text.HostPath, flags & PathOnly),
            SpecialFile.Program program => OpenOwnProgram(program),
            SpecialFile.Text or SpecialFile.Window => OpenOwn(Something, flags & PathOnly),
            _ => -Errno.ENOENT,
        };
        return descriptor < 0 ? descriptor : Keep(new OpenFile((int)descriptor, path)
        {
            Text = special is SpecialFile.Text or SpecialFile.Window ? new OpenText(special, family.Budget) : null,
            Access = flags & AccessMode,
            Special = special,
            IsLink = isLink,
            MayWrite = special is SpecialFile.Device or SpecialFile.Terminal || special is SpecialFile.Text or SpecialFile.Window,
            NonBlocking = (flags & NonBlockingFlag) != 0,
        });
    }

    /// <summary>By its mode. What root opens for writing although nothing can be written says so when it tries.</summary>
    private bool MayOpenForWriting(SpecialFile special)
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
        if (descriptor < 0 || MayAccess((int)descriptor, 4))
        {
            return descriptor;
        }

        HostIo.Close((int)descriptor);
        return -Errno.EACCES;
    }

    /// <summary>A file of the host that the monitor vouches for, whoever the process is.</summary>
    private static long OpenOwn(string path, int flags) => HostIdentity.AsOwn(() => OpenHost(path, flags));

    private static long OpenHost(string path, int flags) => HostCall.OnPath(257, CurrentDirectory, PathText.ToKernel(path), flags | 0x80000);

    private static long Duplicate(int descriptor) => HostCall.Invoke(72, descriptor, 1030, 0); // fcntl F_DUPFD_CLOEXEC

    /// <summary>From a file that the monitor makes; the summary names what the family got no more of.</summary>
    private long ReadText(OpenFile file, Func<Span<byte>, long> read, int bytes)
    {
        const int WriteOnly = 1;
        return (file.Access & AccessMode) == WriteOnly ? -Errno.EBADF : Named(read(Vm.Bounce.Span[..bytes]));
    }

    private long WriteText(OpenFile file, OpenText text, int bytes) => (file.Access & AccessMode) == 0 ? -Errno.EBADF : text.Write(Vm.Bounce.Span[..bytes]);

    private long CloseFile(ulong handle)
    {
        if (Held(handle) is { } file)
        {
            if (file.IsRegular)
            {
                family.ReleaseLocks(this, (file.Entry.Device, file.Entry.Inode));
            }

            if (file.Queue is { } queue)
            {
                StopNotifying(queue);
            }

            bool wasHeld;
            lock (heldGate)
            {
                wasHeld = heldFiles?.Remove((int)handle) == true;
            }

            if (wasHeld)
            {
                Release((int)handle);
            }
        }

        return 0;
    }

    /// <summary>The handle is no more this process's; the locks of an open file go with it.</summary>
    private void Release(int handle)
    {
        if (hostFiles.Release(handle) is not { } closed)
        {
            return;
        }

        family.CloseLease(closed);
        if (closed.MayHaveLocks)
        {
            family.ReleaseLocks(closed);
        }
    }

    /// <summary>A system call on a file; numbers are Linux's, arguments are what follows the descriptor.</summary>
    private long FileCall(int number, ulong handle, long a, long b, long c)
    {
        if (Held(handle) is not { } file)
        {
            return -Errno.EBADF;
        }

        int fd = file.Descriptor;
        switch (number)
        {
            case 5:
                return file.Status is { } made ? made.Write(Vm.Bounce.Span) : HostIo.Stat(fd, Vm.Bounce.Span);
            case 8:
                return file.Text is { } sought ? sought.Seek(a, (int)b) : file.Listed is null ? HostIo.Seek(fd, a, (int)b) : file.Position = (int)Math.Clamp(a, 0, int.MaxValue);
            case 17 or 18 when (ulong)a <= GuestLayout.BounceSize && file.Text is { } text:
                return number == 17 ? ReadText(file, to => text.ReadAt(b, to), (int)a) : WriteText(file, text, (int)a);
            case 18 when (ulong)a <= GuestLayout.BounceSize:
                return Grown(file, () => After(EndOf(file, b), a), () => HostCall.OnBuffer(number, fd, Vm.Bounce, a, b));
            case 17 or 18:
                return (ulong)a > GuestLayout.BounceSize ? -Errno.EINVAL : HostCall.OnBuffer(number, fd, Vm.Bounce, a, b);
            case 217:
                return (ulong)a > GuestLayout.BounceSize ? -Errno.EINVAL : file.Listed is { } listed ? ListNames(file, listed, (int)a) : HostCall.OnBuffer(number, fd, Vm.Bounce, a);
            case 77 or 285 when !file.MayWrite:
                return -Errno.EINVAL;
            case 91 or 93 or 280 when !file.IsOwn:
                return ChangeOfHosts(file.Special);
            case 91 or 93 or 280 when !file.MayWrite:
                return -Errno.EROFS;
            case 77 or 285:
                return Grown(file, () => number == 77 ? a : After(b, c), () => HostCall.Invoke(number, fd, a, b, c));
            case 91 or 93 or 74:
                return HostCall.Invoke(number, fd, a, b, c);
            case 280:
                return HostCall.Invoke(280, fd, 0, PathData.Address, 0);
            case 138:
                return HostCall.OnBuffer(138, fd, Vm.Bounce);
            case 73:
                return LockWhole(file, (int)a);
            case 72:
                return a is 1033 or 1034 ? HostCall.Invoke(72, fd, a, b)
                    : a is 1035 or 1036 ? HostCall.Invoke(72, fd, a, Vm.Bounce.Address) // F_GET_RW_HINT, F_SET_RW_HINT
                    : LockRecord(file, (int)a);
            case 81:
                return EnterDirectory(file, d => WorkingDirectory = d);
            case 257:
                return OpenAgain(file, (int)a);
            case 267:
                return file.IsLink ? ReadLink(new Place(file.Path!, null, file.Special)) : HostIo.ReadLink(fd) is { Length: > 0 } target ? Answer(target) : -Errno.ENOENT;
            case SetControlCall when file.Set is { } changed && b > 0:
                return ChangeSet(changed, b);
            case SetWaitCall:
                return file.Set is { } waited ? WaitForSet(waited, a, b) : -Errno.EINVAL;
            case SetControlCall:
                return a == 0 ? file.CheckPolled() : file.WatchEdges();
            case 434:
                return ProcessOf(file);
            case RemoveWatchCall:
                return file.Watches?.Remove(fd, (int)a) ?? -Errno.EINVAL;
            case 286:
                return TimerFile(fd, (int)a);
            case 287:
                return HostCall.OnBuffer(287, fd, Vm.Bounce);
            case SetAttribute or GetAttribute or ListAttributes or RemoveAttribute:
                return (HostIo.GetFlags(fd) & PathOnly) != 0 ? -Errno.EBADF
                    : !file.IsOwn || file.Special is not null ? AttributeOfSpecial(number)
                    : Attribute(number, file.MayWrite, fd, b, c);
            case 44 or 45 or 48 or 54 or 55:
                return SocketCall(number, file, a, b, c);
            default:
                return -Errno.ENOSYS;
        }
    }

    /// <summary>Does what may make a file larger; a memfd only as far as the family's budget goes.</summary>
    /// <param name="end">The size that it may come to have.</param>
    private long Grown(OpenFile file, Func<long> end, Func<long> action) => file.Memory is { } memory ? Named(memory.Resize(file, end(), action)) : action();

    /// <summary>Where writing at an offset, or with O_APPEND anywhere, begins.</summary>
    private static long EndOf(OpenFile file, long offset) =>
        (HostIo.GetFlags(file.Descriptor) & Append) != 0 ? HostEntry.Of(file.Descriptor)?.Size ?? offset : offset;

    private static long After(long offset, long length) => offset > long.MaxValue - Math.Max(0, length) ? long.MaxValue : offset + length;

    /// <summary>The process that a descriptor of pidfd_open, or a directory in /proc, stands for; 0 for none.</summary>
    private static int ProcessOf(OpenFile file)
    {
        const string Directory = "/proc/";
        return file.Process == 0 && file.Path?.StartsWith(Directory, StringComparison.Ordinal) == true
            && int.TryParse(file.Path.AsSpan(Directory.Length), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int named)
            ? named
            : file.Process;
    }

    private static long EnterDirectory(OpenFile file, Action<string> enter)
    {
        if (!file.Entry.IsDirectory || file.Path is not { } path)
        {
            return -Errno.ENOTDIR;
        }

        if (file.Names is null && !MayAccess(file.Descriptor, Execute))
        {
            return -Errno.EACCES;
        }

        enter(path);
        return 0;
    }

    /// <summary>/dev/fd/N: the file anew, with an offset and flags of its own.</summary>
    private long OpenAgain(OpenFile file, int flags)
    {
        if (file is { IsGenerated: true, Path: { } path } && file.Special is { } special)
        {
            return OpenSpecial(special, path, flags);
        }

        bool anew = file.IsRegular || file.Entry.IsDirectory;
        if ((flags & (AccessMode | Truncating)) != 0 && (!file.MayWrite || (anew && file.IsBorrowed && !IsLentFor(file, flags))))
        {
            return -Errno.EACCES;
        }

        if (anew && (flags & PathOnly) == 0 && MayOpen(file.Entry, flags) is var refused and not 0)
        {
            return refused;
        }

        long descriptor = anew
            ? HostCall.OnPath(257, CurrentDirectory, DescriptorPath(file.Descriptor), (flags & Allowed & ~NoFollow) | NoControllingTerminal | 0x80000)
            : Duplicate(file.Descriptor);
        return descriptor < 0
            ? descriptor
            : Keep(new OpenFile((int)descriptor, file.Path) { Mount = file.Mount, NeverBlocks = file.NeverBlocks, MayWrite = file.MayWrite, IsOwn = file.IsOwn, Memory = file.Memory, Special = file.Special, NonBlocking = (flags & NonBlockingFlag) != 0 });
    }

    /// <summary>A stream that was lent for reading only is not opened for writing by its number.</summary>
    private static bool IsLentFor(OpenFile file, int flags) =>
        (HostIo.GetFlags(file.Descriptor) & AccessMode) is var lent && (lent == 2 || (lent == (flags & AccessMode) && (lent != 0 || (flags & Truncating) == 0)));

    private long TimerFile(int descriptor, int flags)
    {
        HostRange old = Vm.Bounce.Slice(32, 32);
        return HostCall.Invoke(286, descriptor, flags, Vm.Bounce.Address, old.Address);
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

    /// <summary>System calls that make descriptors of the host: eventfd2, epoll_create1, timerfd_create, memfd_create, pidfd_open, pidfd_getfd, inotify_init1, socketpair.</summary>
    private long Make(int number, long a, long b, long c)
    {
        const int NonBlock = 0x800, CloseOnExec = 0x80000;
        switch (number)
        {
            case 290:
                return KeepMade(HostCall.Invoke(290, a, (b & 1) | NonBlock | CloseOnExec), (b & NonBlock) != 0);
            case 283 when a is 8 or 9: // clocks that wake the machine from sleep
                return -Errno.EPERM;
            case 283:
                return KeepMade(HostCall.Invoke(283, a, NonBlock | CloseOnExec), (b & NonBlock) != 0);
            case 319:
                return KeepMade(HostCall.OnPath(319, PathText.ToKernel(BouncePath(0)), (a & 0x1a) | 1), false, isMemory: true);
            case 434:
                return OpenProcess((int)a, (b & NonBlock) != 0);
            case 438:
                return TakeDescriptor((ulong)a, b);
            case MakeSetCall:
                return MakeSet();
            case MakeWatcherCall:
                return MakeWatcher((a & NonBlock) != 0);
            case 53 when SocketRules.CheckPair(a, b & 0xf, c) is var refused and not 0:
                return refused;
            case 53:
                long result = HostCall.MakePair((int)a, (int)((b & 0xf) | NonBlock | CloseOnExec), (int)c, out int first, out int second);
                if (result < 0)
                {
                    return result;
                }

                long one = KeepMade(first, (b & NonBlock) != 0), other = KeepMade(second, (b & NonBlock) != 0);
                if (one < 0 || other < 0)
                {
                    CloseFile((ulong)one);
                    CloseFile((ulong)other);
                    return Math.Min(one, other);
                }

                MemoryMarshal.Write(Vm.Bounce.Span, ((int)one, (int)other));
                return 0;
            default:
                return -Errno.ENOSYS;
        }
    }

    private long OpenProcess(int pid, bool nonBlocking)
    {
        int descriptor = family.OpenProcess(pid);
        return descriptor < 0 ? descriptor : Keep(new OpenFile(descriptor, null) { Process = pid, NeverBlocks = true, NonBlocking = nonBlocking });
    }

    private long KeepMade(long descriptor, bool nonBlocking, bool isMemory = false) =>
        descriptor < 0 ? descriptor : Keep(new OpenFile((int)descriptor, null) { NeverBlocks = true, IsOwn = isMemory, Memory = isMemory ? family.MemoryFiles : null, NonBlocking = nonBlocking });

    /// <summary>Lets the guest see part of a file as memory.</summary>
    private long Map(ulong handle, long offset, long bytes, int kind)
    {
        if (handle == GuestLayout.Cwd)
        {
            return kind == 0 ? MoreOf((ulong)offset, bytes) : MapMoreOf((ulong)offset, bytes);
        }

        if (Held(handle) is not { } file)
        {
            return -Errno.EBADF;
        }

        if (!file.IsRegular || file.Special is SpecialFile.Text or SpecialFile.Window or SpecialFile.HostText || HostEntry.Of(file.Descriptor) is not { } entry)
        {
            return -Errno.ENODEV;
        }

        int access = HostIo.GetFlags(file.Descriptor) & (AccessMode | PathOnly);
        bool shared = (kind & GuestLayout.MapShared) != 0, mayWrite = shared && access == 2 && file.MayWrite;
        if ((access & PathOnly) != 0)
        {
            return -Errno.EBADF;
        }

        if (access == 1 || ((kind & GuestLayout.MapWrite) != 0 && !mayWrite))
        {
            return -Errno.EACCES;
        }

        if (offset < 0 || bytes <= 0 || bytes > (long)GuestLayout.RingSlots * GuestLayout.RingStride || offset > long.MaxValue - bytes)
        {
            return -Errno.ENOMEM;
        }

        try
        {
            Rings.MappedFile mapped = family.Host.MappedFiles.Get(file.Descriptor, entry, offset, bytes, mayWrite, (kind & GuestLayout.MapExecute) != 0);
            try
            {
                if (file.Path is { } path)
                {
                    family.MappedNames.Note((entry.Device, entry.Inode), path);
                }

                return ShowFile(mapped, offset, entry.Size);
            }
            finally
            {
                mapped.Released();
            }
        }
        catch (HostException e)
        {
            family.LimitHit($"mmap: {e.Message}");
            return -Errno.ENOMEM;
        }
    }

    /// <summary>How much of a file that is mapped already there is behind an address of the window.</summary>
    private long MoreOf(ulong address, long bytes)
    {
        if (FileAt(address, out long offset) is not { } file)
        {
            return -Errno.ENODEV;
        }

        return bytes > 0 && bytes <= file.Offset + file.Length - offset ? Math.Clamp(SizeOf(file) - offset, 1, bytes) : 0;
    }

    /// <summary>Maps more bytes of a file that is mapped already, from an address of the window on, through a descriptor of it that the process still has.</summary>
    private long MapMoreOf(ulong address, long bytes)
    {
        if (FileAt(address, out long offset) is not { } file)
        {
            return -Errno.ENODEV;
        }

        foreach (ulong handle in bytes > 0 ? HandlesOf(file) : [])
        {
            long at = Map(handle, offset, bytes, GuestLayout.MapShared | (file.IsWritable ? GuestLayout.MapWrite : 0));
            if (at >= 0)
            {
                MemoryMarshal.Write(Vm.Bounce.Span, Math.Clamp(SizeOf(file) - offset, 1, bytes));
                return at;
            }
        }

        return -Errno.ENOMEM;
    }

    /// <summary>The file behind an address of the window.</summary>
    /// <param name="offset">In the file.</param>
    private Rings.MappedFile? FileAt(ulong address, out long offset)
    {
        Rings.Ring? ring = Vm.Window.At(address / GuestLayout.RingStride);
        offset = ring?.File is { } file ? file.Offset + ((long)ring.Index * GuestLayout.RingStride) + (long)(address % GuestLayout.RingStride) : 0;
        return ring?.File;
    }

    private ulong[] HandlesOf(Rings.MappedFile file) =>
        (heldFiles ?? []).Select(h => (ulong)h).Where(h => hostFiles.Find(h)?.Entry is { } entry && entry.Device == file.Entry.Device && entry.Inode == file.Entry.Inode).ToArray();

    /// <summary>Of now, if the process still has it open; else of when it was mapped.</summary>
    private long SizeOf(Rings.MappedFile file) =>
        HandlesOf(file).Select(h => HostEntry.Of(hostFiles.Find(h)!.Descriptor)?.Size).FirstOrDefault(s => s is not null) ?? file.Entry.Size;

    private long ShowFile(Rings.MappedFile mapped, long offset, long size)
    {
        int first = Vm.Window.SlotOf(mapped.Pieces[0]);
        if (first < 0)
        {
            first = Vm.Window.FreeFor(mapped.Pieces);
            if (first < 0)
            {
                family.LimitHit($"mmap: more than {GuestLayout.RingSlots * (GuestLayout.RingStride >> 20)} MB of files and pipes at once");
                return -Errno.ENOMEM;
            }
        }

        for (int i = 0; i < mapped.Pieces.Count; i++)
        {
            Rings.Ring piece = mapped.Pieces[i];
            Vm.Window.Show(first + i, piece);
            lock (piece.Gate)
            {
                piece.Hold(this, 3);
            }
        }

        long start = (long)first * GuestLayout.RingStride;
        Span<long> answer = MemoryMarshal.Cast<byte, long>(Vm.Bounce.Span[..40]);
        answer.Clear();
        answer[0] = size;
        answer[1] = mapped.IsWritable ? 1 : 0;
        if (mapped.Stubs is { } stubs && stubs.AwayFrom(offset) is { } away)
        {
            answer[2] = start + stubs.Offset;
            answer[3] = stubs.Bytes;
            answer[4] = away;
        }

        return start + offset - mapped.Offset;
    }
}
