using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;
using UniBench.Monitor.Files;
using UniBench.Monitor.Ipc;
using UniBench.Monitor.Machines;
using UniBench.Monitor.Processes;
using UniBench.Monitor.Sockets;

namespace UniBench.Monitor.Calls;

/// <summary>Which module serves which hypercall, and which of Linux's calls that come through one. guest/abi/unibench_abi.h says what their arguments are.</summary>
internal static class CallTable
{
    /// <returns>The result, or -errno; the module has checked all that came from the guest.</returns>
    public static long Serve(GuestProcess process, Hypercall call, in MachineCall made)
    {
        (long a, long b, long c, long d, long e) = ((long)made.A, (long)made.B, (long)made.C, (long)made.D, (long)made.E);
        return call switch
        {
            Hypercall.Exit => process.Exit((int)a),
            Hypercall.Fork => process.Processes.Fork(new ForkRequest(made.A)),
            Hypercall.Exec => process.Processes.Exec(made.A, made.B, (int)c),
            Hypercall.Wait => process.Processes.Wait((WaitTarget)a, (int)b, (int)c),
            Hypercall.Kill => process.Family.Kill(process, (int)a, (int)b, (int)d, made.E),
            Hypercall.SignalNext => process.NextSignal((int)a),
            Hypercall.PipeCreate => process.Segments.PipeCreate(),
            Hypercall.PipeHold => process.Segments.PipeHold(made.A, made.B),
            Hypercall.PipeClose => process.Segments.PipeClose(made.A, made.B),
            Hypercall.PipeWake => process.PipeWake(made.A, made.B),
            Hypercall.PipeResize => process.Segments.PipeResize(made.A, made.B),
            Hypercall.Share => process.Segments.Share((int)Math.Min(made.A, GuestLayout.WindowSlots + 1)),
            Hypercall.SegmentClose => process.Segments.CloseSegment(made.A),
            Hypercall.Map => process.Mapping.Map(made.A, b, c, (int)d),
            Hypercall.FutexWait => process.Futexes.FutexWait(made.A, (uint)b, c, (uint)d),
            Hypercall.FutexWake => process.Futexes.FutexWake(made.A, b, c, (uint)d, made.E),
            Hypercall.FutexWaitv => process.Futexes.FutexWaitAny(made.A, b),
            Hypercall.Park => process.Park(made.A, b, made.C, made.D),
            Hypercall.Yield => process.YieldCore(made.A - 1),
            Hypercall.Open => process.Files.OpenPath(made.A, (int)b, (uint)c, (int)d),
            Hypercall.Path => OfPath(process, (LinuxCall)a, made.B, c, d, e),
            Hypercall.File => process.Files.Held(made.B) is { } file ? OfFile(process, (LinuxCall)a, file, c, d, e) : -Errno.EBADF,
            Hypercall.Make => Make(process, (LinuxCall)a, b, c, d),
            Hypercall.HostRead => process.Transfers.HostRead(made.A, made.B),
            Hypercall.HostWrite => process.Transfers.HostWrite(made.A, made.B),
            Hypercall.HostIoctl => process.Transfers.HostIoctl(made.A, made.B, made.C),
            Hypercall.HostClose => process.Files.CloseFile(made.A),
            Hypercall.HostFlags => process.Transfers.HostFlags(made.A, b),
            Hypercall.Grow => process.Memory.Grow(made.A),
            Hypercall.Extent => process.Memory.OpenExtent(),
            Hypercall.ExtentClose => process.Memory.CloseExtent(made.A),
            Hypercall.Random => process.Memory.FillRandom(made.A),
            Hypercall.Setpgid => process.Family.SetGroup(process, (int)a, (int)b),
            Hypercall.Getpgid => process.Family.GetGroup((int)a),
            Hypercall.Setsid => process.Family.NewSession(process),
            Hypercall.Getsid => process.Family.GetSession((int)a),
            Hypercall.Usage => process.Processes.Usage(a),
            Hypercall.Stop => process.StopUntilContinued((int)a),
            Hypercall.Trace => process.CallTrace.Trace((LinuxCall)a, b, c),
            Hypercall.Crash => process.Crashes.CrashByFault((int)a),
            Hypercall.Timer => process.Timers.SetTimer(made.A, b, c, (int)d, made.E),
            Hypercall.Finding => process.Processes.NameFinding((int)a),
            Hypercall.Ipc => OfIpc(process, process.Family.Ipc, (LinuxCall)a, b, c, d, e),
            Hypercall.Users => OfUsers(process, (LinuxCall)a, b, c, d, e, made.F),
            Hypercall.Owner => process.Owners.OwnerCall(made.A, (int)b, c),
            _ => -Errno.ENOSYS,
        };
    }

    /// <summary>Calls on paths, in the form that takes a directory; the path is in the bounce buffer.</summary>
    private static long OfPath(GuestProcess process, LinuxCall call, ulong directory, long a, long b, long c)
    {
        PathCalls paths = process.Paths;
        if (call == LinuxCall.Getcwd)
        {
            return paths.GetWorkingDirectory();
        }

        process.Foresight.Begins();
        int errno = paths.Begin(directory, out string from, out string path);
        long result = errno != 0 ? -errno : OfPath(process, call, directory, from, path, a, b, c);
        process.Foresight.Answered(call, directory, path, a, b, result);
        return result;
    }

    private static long OfPath(GuestProcess process, LinuxCall call, ulong directory, string from, string path, long a, long b, long c)
    {
        PathCalls paths = process.Paths;
        bool follow = (a & AtFlags.SymlinkNofollow) == 0;
        return call switch
        {
            LinuxCall.Newfstatat => paths.Status(from, path, follow),
            LinuxCall.Statx => paths.WideStatus(from, path, follow, b),
            LinuxCall.Faccessat2 => paths.CheckAccess(from, path, (int)a, (int)b),
            LinuxCall.Readlinkat => paths.ReadLink(from, path),
            LinuxCall.Chdir => paths.ChangeDirectory(from, path),
            LinuxCall.Chroot => paths.ChangeRoot(from, path),
            LinuxCall.Statfs => paths.FileSystemOf(from, path),
            LinuxCall.Mkdirat => paths.MakeDirectory(from, path, a),
            LinuxCall.Mknodat => paths.MakeNode(from, path, (uint)a),
            LinuxCall.Unlinkat => paths.Remove(from, path, (int)a),
            LinuxCall.Symlinkat => paths.MakeLink(from, path),
            LinuxCall.Fchmodat => paths.ChangeMode(from, path, a),
            LinuxCall.Fchownat => paths.ChangeOwner(from, path, a, b, (c & AtFlags.SymlinkNofollow) == 0),
            LinuxCall.Utimensat => paths.SetTimes(from, path, (int)a),
            LinuxCall.Truncate => paths.Truncate(from, path, a),
            LinuxCall.Linkat or LinuxCall.Renameat2 => paths.TwoPaths(call, directory, from, path, (ulong)a, (int)b),
            LinuxCall.Setxattr or LinuxCall.Getxattr or LinuxCall.Listxattr or LinuxCall.Removexattr => paths.Attribute(call, from, path, follow, b, c),
            LinuxCall.InotifyAddWatch => process.Watches.AddWatch(from, path, (uint)a, (ulong)b),
            _ => -Errno.ENOSYS,
        };
    }

    /// <summary>Calls on what a descriptor stands for; arguments are what follows it.</summary>
    private static long OfFile(GuestProcess process, LinuxCall call, OpenFile file, long a, long b, long c)
    {
        FileCalls files = process.Files;
        return call switch
        {
            LinuxCall.Fstat => files.Status(file),
            LinuxCall.Lseek => FileCalls.Seek(file, a, (int)b),
            LinuxCall.Pread64 => files.ReadAt(file, a, b),
            LinuxCall.Pwrite64 => files.WriteAt(file, a, b),
            LinuxCall.Pwritev2 => files.Append(file, a, moves: b != 0),
            LinuxCall.Faccessat2 => files.Access(file, (int)a, (int)b),
            LinuxCall.Getdents64 => files.ListNames(file, a),
            LinuxCall.Ftruncate => files.Truncate(file, a),
            LinuxCall.Fallocate => files.Allocate(file, a, b, c),
            LinuxCall.Fchmod or LinuxCall.Fchown => files.Change(file, descriptor => HostCall.Invoke(call, descriptor, a, b)),
            LinuxCall.Utimensat => files.Change(file, descriptor => HostCall.Invoke(call, descriptor, 0, process.Paths.PathData.Address, 0)),
            LinuxCall.Fsync => HostCall.Invoke(call, file.Descriptor),
            LinuxCall.Fstatfs => HostCall.OnBuffer(call, file.Descriptor, process.Vm.Bounce),
            LinuxCall.Fchdir => FileCalls.EnterDirectory(file, d => process.Paths.WorkingDirectory = d),
            LinuxCall.Openat => files.OpenAgain(file, (int)a),
            LinuxCall.Readlinkat => files.ReadLink(file),
            LinuxCall.Setxattr or LinuxCall.Getxattr or LinuxCall.Listxattr or LinuxCall.Removexattr => files.Attribute(call, file, b, c),
            LinuxCall.Flock => process.Locks.LockWhole(file, (int)a),
            LinuxCall.Fcntl when a is FcntlCommand.AddSeals or FcntlCommand.GetSeals => HostCall.Invoke(call, file.Descriptor, a, b),
            LinuxCall.Fcntl when a is FcntlCommand.GetRwHint or FcntlCommand.SetRwHint => HostCall.Invoke(call, file.Descriptor, a, process.Vm.Bounce.Address),
            LinuxCall.Fcntl => process.Locks.LockRecord(file, (int)a),
            LinuxCall.EpollCtl when file.Set is { } set && b > 0 => process.Epoll.ChangeSet(set, b),
            LinuxCall.EpollCtl => a == 0 ? file.CheckPolled() : file.WatchEdges(),
            LinuxCall.EpollWait => file.Set is { } set ? process.Epoll.WaitForSet(set, a, b) : -Errno.EINVAL,
            LinuxCall.PidfdOpen => FileCalls.ProcessOf(file),
            LinuxCall.InotifyRmWatch => file.Watches?.Remove(file.Descriptor, (int)a) ?? -Errno.EINVAL,
            LinuxCall.TimerfdSettime => files.TimerFile(file.Descriptor, (int)a),
            LinuxCall.TimerfdGettime => HostCall.OnBuffer(call, file.Descriptor, process.Vm.Bounce),
            _ when file.Datagrams is { } datagrams => OfDatagrams(process.Sockets, call, file, datagrams, a, b, c),
            _ when file.Socket is { } socket => OfSocket(process.Sockets, call, file, socket, a, b, c),
            LinuxCall.Sendto or LinuxCall.Recvfrom or LinuxCall.Shutdown or LinuxCall.Setsockopt or LinuxCall.Getsockopt => process.Transfers.SocketCall(call, file, a, b, c),
            _ => -Errno.ENOSYS,
        };
    }

    /// <summary>Calls on a socket of datagrams; addresses and values are in the bounce buffer, bytes behind the address.</summary>
    private static long OfDatagrams(SocketCalls sockets, LinuxCall call, OpenFile file, Socket socket, long a, long b, long c) => call switch
    {
        LinuxCall.Bind => sockets.Bind(socket, a),
        LinuxCall.Connect => sockets.ConnectDatagrams(socket),
        LinuxCall.Getsockname => sockets.TellName(socket),
        LinuxCall.Getpeername => sockets.TellPeer(socket),
        LinuxCall.Sendto => sockets.SendDatagram(file, socket, a, b, c != 0),
        LinuxCall.Recvfrom => sockets.ReceiveDatagram(file, socket, a, b),
        LinuxCall.Shutdown => sockets.ShutdownDatagrams(file, socket, (int)a),
        LinuxCall.Setsockopt => sockets.SetOption(socket, (int)a, (int)b, c),
        LinuxCall.Getsockopt => sockets.GetOption(socket, (int)a, (int)b, c),
        _ => -Errno.EOPNOTSUPP,
    };

    /// <summary>Calls on a socket of the family's; addresses and values are in the bounce buffer.</summary>
    private static long OfSocket(SocketCalls sockets, LinuxCall call, OpenFile file, Socket socket, long a, long b, long c) => call switch
    {
        LinuxCall.Dup => sockets.Attach(socket),
        LinuxCall.Bind => sockets.Bind(socket, a),
        LinuxCall.Listen => sockets.Listen(file, socket, (int)a),
        LinuxCall.Connect => sockets.Connect(file, socket),
        LinuxCall.Accept4 => sockets.Accept(socket, (a & OpenFlags.Nonblock) != 0),
        LinuxCall.Getsockname => sockets.TellName(socket),
        LinuxCall.Getpeername => sockets.TellPeer(socket),
        LinuxCall.Shutdown => SocketCalls.Shutdown(socket, (int)a),
        LinuxCall.Sendmsg => sockets.Pass(socket, (ulong)a, (ulong)b, c != 0),
        LinuxCall.Recvmsg => sockets.TakePassed(socket, (ulong)a, b, c != 0),
        LinuxCall.Setsockopt => sockets.SetOption(socket, (int)a, (int)b, c),
        LinuxCall.Getsockopt => sockets.GetOption(socket, (int)a, (int)b, c),
        _ => -Errno.ENOSYS,
    };

    /// <summary>Calls that make descriptors.</summary>
    private static long Make(GuestProcess process, LinuxCall call, long a, long b, long c) => call switch
    {
        LinuxCall.Eventfd2 => process.Files.MakeEvent(a, b),
        LinuxCall.TimerfdCreate => process.Files.MakeTimer(a, b),
        LinuxCall.MemfdCreate => process.Files.MakeMemory(a),
        LinuxCall.Socket => process.Sockets.Make(a, b, c),
        LinuxCall.Socketpair when a == SocketAddress.Unix && (b & SocketCalls.Types) == Socket.Stream => process.Sockets.MakePair(b, c),
        LinuxCall.Socketpair => process.Files.MakePair(a, b, c),
        LinuxCall.PidfdOpen => process.Files.OpenProcess((int)a, (b & OpenFlags.Nonblock) != 0),
        LinuxCall.PidfdGetfd => process.Lending.TakeDescriptor((ulong)a, b),
        LinuxCall.EpollCreate1 => process.Epoll.MakeSet(),
        LinuxCall.InotifyInit1 => process.Watches.MakeWatcher((a & OpenFlags.Nonblock) != 0),
        _ => -Errno.ENOSYS,
    };

    /// <summary>System V IPC and POSIX message queues; structures and texts are in the bounce buffer.</summary>
    private static long OfIpc(GuestProcess process, IpcNamespace ipc, LinuxCall call, long a, long b, long c, long d) => call switch
    {
        LinuxCall.Shmget => process.SharedMemory.GetSharedMemory(ipc, (int)a, b, (int)c),
        LinuxCall.Shmat => process.SharedMemory.AttachSharedMemory(ipc, (int)a, (int)b),
        LinuxCall.Shmctl => process.SharedMemory.ControlSharedMemory(ipc, (int)a, (int)b),
        LinuxCall.Shmdt => process.SharedMemory.DetachSharedMemory(ipc, (ulong)a),
        LinuxCall.Semget => process.Semaphores.GetSemaphores(ipc, (int)a, (int)b, (int)c),
        LinuxCall.Semctl => process.Semaphores.ControlSemaphores(ipc, (int)a, (int)b, (int)c, (int)d),
        LinuxCall.Semtimedop => process.Semaphores.OperateSemaphores(ipc, (int)a, (int)b, c),
        LinuxCall.Msgget => process.Messages.GetQueue(ipc, (int)a, (int)b),
        LinuxCall.Msgsnd => process.Messages.SendMessage(ipc, (int)a, b, (int)c),
        LinuxCall.Msgrcv => process.Messages.ReceiveMessage(ipc, (int)a, b, c, (int)d),
        LinuxCall.Msgctl => process.Messages.ControlQueue(ipc, (int)a, (int)b),
        LinuxCall.MqOpen => process.PosixQueues.OpenPosixQueue(ipc, (int)a, (uint)b, c != 0),
        LinuxCall.MqUnlink => process.PosixQueues.UnlinkPosixQueue(ipc),
        LinuxCall.MqTimedsend => process.PosixQueues.SendPosix(ipc, (ulong)a, b, (uint)c, d),
        LinuxCall.MqTimedreceive => process.PosixQueues.ReceivePosix(ipc, (ulong)a, b, d),
        LinuxCall.MqNotify => process.PosixQueues.NotifyPosix(ipc, (ulong)a, b, (int)c, (ulong)d),
        LinuxCall.MqGetsetattr => process.PosixQueues.ConfigurePosix(ipc, (ulong)a, b != 0, c),
        _ => -Errno.ENOSYS,
    };

    /// <summary>Users, groups, capabilities and priorities.</summary>
    private static long OfUsers(GuestProcess process, LinuxCall call, long a, long b, long c, long d, ulong e)
    {
        (UserCalls users, SchedulingCalls scheduling) = (process.Users, process.Scheduler);
        Credentials now = process.Credentials;
        return call switch
        {
            LinuxCall.Uname => process.Kin.TellNames(),
            LinuxCall.Sethostname or LinuxCall.Setdomainname => process.Kin.Rename(isDomain: call == LinuxCall.Setdomainname),
            LinuxCall.Prlimit64 => process.Kin.LimitOther((int)a, (ulong)b, sets: c != 0),
            LinuxCall.ProcessVmReadv or LinuxCall.ProcessVmWritev => process.Kin.MoveMemory((int)a, (ulong)b, c, writes: call == LinuxCall.ProcessVmWritev),
            LinuxCall.Kcmp => process.Kin.Compare((int)a, (int)b, c, (ulong)d, e),
            LinuxCall.Setuid => users.Become(now.SetUser((uint)a)),
            LinuxCall.Setgid => users.Become(now.SetGroup((uint)a)),
            LinuxCall.Setreuid => users.Become(now.SetUsers((uint)a, (uint)b)),
            LinuxCall.Setregid => users.Become(now.SetGroups((uint)a, (uint)b)),
            LinuxCall.Setresuid => users.Become(now.SetUsers((uint)a, (uint)b, (uint)c)),
            LinuxCall.Setresgid => users.Become(now.SetGroups((uint)a, (uint)b, (uint)c)),
            LinuxCall.Setfsuid => users.Become(now.SetFileUser((uint)a)),
            LinuxCall.Setfsgid => users.Become(now.SetFileGroup((uint)a)),
            LinuxCall.Prctl => users.Become(now.Control((int)a, (ulong)b, (ulong)c, d == 0)),
            LinuxCall.Getgroups => users.ListGroups((int)Math.Clamp(a, 0, Credentials.MostGroups)),
            LinuxCall.Setgroups => users.StageGroups(a, b),
            LinuxCall.Capget => users.TellCapabilities((int)a),
            LinuxCall.Capset => users.SetCapabilities(),
            LinuxCall.Getpriority => scheduling.Priority((int)a, (int)b),
            LinuxCall.Setpriority => scheduling.Renice((int)a, (int)b, (int)c, (ulong)d),
            LinuxCall.SchedSetscheduler => scheduling.SetPolicy((int)a, (int)b, (int)c, (ulong)d, e),
            LinuxCall.SchedSetparam => scheduling.SetPriority((int)a, (int)b, (ulong)c, (ulong)d),
            LinuxCall.SchedSetattr => scheduling.SetSchedulingAttributes((int)a, (ulong)b, (ulong)c),
            LinuxCall.SchedGetattr => scheduling.TellScheduling((int)a),
            LinuxCall.IoprioSet => scheduling.SetInputOutput((int)a, (int)b, (uint)c),
            LinuxCall.IoprioGet => scheduling.InputOutput((int)a, (int)b),
            _ => -Errno.ENOSYS,
        };
    }
}
