using System.Runtime.InteropServices;
using UniBench.Host;
using UniBench.Monitor.Families;
using UniBench.Monitor.Files;

namespace UniBench.Monitor.Calls;

/// <summary>flock(2) and fcntl(2) locks. Those of flock are the host's; record locks are between processes, so the family keeps them.</summary>
internal sealed class LockCalls(GuestProcess process) : CallModule(process)
{
    private const int GetLock = 5;
    private const int SetLockAndWait = 7;
    private const long LockPollNs = 20_000_000;

    /// <summary>flock(2): the host's lock on the open file, which all processes that inherited it share. Waiting is done here, where signals can end it.</summary>
    public long LockWhole(OpenFile file, int operation)
    {
        const int NonBlocking = 4;
        while (true)
        {
            long result = HostCall.Invoke(LinuxCall.Flock, file.Descriptor, operation | NonBlocking);
            if (result != -Errno.EAGAIN || (operation & NonBlocking) != 0)
            {
                return result;
            }

            if (Process.SignalDue())
            {
                return -Errno.ERESTARTSYS;
            }

            Process.Sleep(HostClock.Monotonic + LockPollNs, spin: false);
        }
    }

    /// <summary>F_GETLK, F_SETLK, F_SETLKW and their F_OFD_ kind, with struct flock in the bounce buffer; 0: the process has closed a descriptor of the file.</summary>
    public long LockRecord(OpenFile file, int command)
    {
        const int OfOpenFile = 31, LocksGo = 0; // F_OFD_GETLK - F_GETLK
        var key = (file.Entry.Device, file.Entry.Inode);
        if (command == LocksGo)
        {
            Family.ReleaseLocks(Process, key);
            return 0;
        }

        bool ofProcess = command is >= GetLock and <= SetLockAndWait;
        command -= ofProcess ? 0 : OfOpenFile;
        if (command is < GetLock or > SetLockAndWait)
        {
            return -Errno.EINVAL;
        }

        Span<byte> structure = Vm.Bounce.Span[..32];
        short type = MemoryMarshal.Read<short>(structure), whence = MemoryMarshal.Read<short>(structure[2..]);
        int access = HostIo.GetFlags(file.Descriptor) & OpenFlags.Accmode;
        if (type is < 0 or > 2 || (command == GetLock && type == 2) || (!ofProcess && MemoryMarshal.Read<int>(structure[24..]) != 0)
            || Range(file, whence, MemoryMarshal.Read<long>(structure[8..]), MemoryMarshal.Read<long>(structure[16..])) is not { } range)
        {
            return -Errno.EINVAL;
        }

        if (command != GetLock && ((type == 0 && access == 1) || (type == 1 && access == 0)))
        {
            return -Errno.EBADF;
        }

        file.MayHaveLocks |= !ofProcess;
        RecordLock wanted = new(ofProcess ? Pid : file.LockOwner, type == 1, range.Start, range.End);
        if (command == GetLock)
        {
            RecordLock? other = Family.FindLock(key, wanted);
            short found = other is null ? (short)2 : other.IsWrite ? (short)1 : (short)0;
            MemoryMarshal.Write(structure, found);
            if (other is not null)
            {
                MemoryMarshal.Write(structure[2..], (short)0);
                MemoryMarshal.Write(structure[8..], other.Start);
                MemoryMarshal.Write(structure[16..], other.End == long.MaxValue ? 0 : other.End - other.Start);
                MemoryMarshal.Write(structure[24..], other.Pid);
            }

            return 0;
        }

        while (true)
        {
            int errno = Family.TryLock(Process, key, wanted, unlock: type == 2, wait: command == SetLockAndWait);
            if (errno != Errno.EAGAIN || command != SetLockAndWait)
            {
                return -errno;
            }

            if (Process.SignalDue())
            {
                Family.LockWaitIsOver(Process);
                return -Errno.ERESTARTSYS;
            }

            Process.Sleep(HostClock.Monotonic + (10 * LockPollNs), spin: false);
        }
    }

    private static (long Start, long End)? Range(OpenFile file, short whence, long start, long length)
    {
        long origin = whence switch { 0 => 0, 1 => HostIo.Seek(file.Descriptor, 0, 1), 2 => HostEntry.Of(file.Descriptor)?.Size ?? -1, _ => -1 };
        if (origin < 0 || start > long.MaxValue - origin)
        {
            return null;
        }

        start += origin;
        if (length < 0)
        {
            (start, length) = (start + length, -length);
        }

        return start < 0 ? null : (start, length == 0 || start > long.MaxValue - length ? long.MaxValue : start + length);
    }
}
