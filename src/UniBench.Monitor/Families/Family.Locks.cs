using System.Globalization;
using UniBench.Host;
using UniBench.Monitor.Files;

namespace UniBench.Monitor.Families;

/// <summary>Record locks between the family's processes.</summary>
internal sealed partial class Family
{
    private readonly RecordLocks locks = new();
    private volatile bool hasLocks; // a lock was ever asked for

    public RecordLock? FindLock((ulong Device, ulong Inode) file, RecordLock wanted)
    {
        lock (gate)
        {
            return locks.Conflict(file, wanted);
        }
    }

    /// <summary>Takes or gives up a lock.</summary>
    /// <param name="wait">The process will wait if it cannot have it.</param>
    /// <returns>0, EAGAIN, EDEADLK, or ENOLCK.</returns>
    public int TryLock(GuestProcess process, (ulong Device, ulong Inode) file, RecordLock wanted, bool unlock, bool wait)
    {
        lock (gate)
        {
            hasLocks = true;
            locks.WaitIsOver(process.Pid);
            if (!unlock && locks.Conflict(file, wanted) is { } other)
            {
                return wait && !locks.Wait(process.Pid, wanted, other) ? Errno.EDEADLK : Errno.EAGAIN;
            }

            if (!locks.Set(file, wanted, unlock))
            {
                Books.LimitHit("record locks: the family holds as many as are possible");
                return Errno.ENOLCK;
            }

            WakeLockWaiters();
            return 0;
        }
    }

    /// <summary>/proc/locks: the record locks of the family. Those of flock are the host's.</summary>
    public string LocksText()
    {
        lock (gate)
        {
            return string.Concat(locks.All.Select((held, i) =>
            {
                ((ulong device, ulong inode), RecordLock of) = held;
                (ulong major, ulong minor) = ((device >> 8 & 0xfff) | (device >> 32 & ~0xfffUL), (device & 0xff) | (device >> 12 & 0xfff00));
                string end = of.End == long.MaxValue ? "EOF" : string.Create(CultureInfo.InvariantCulture, $"{of.End - 1}");
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{i + 1}: {(of.IsOfProcess ? "POSIX " : "OFDLCK")} ADVISORY  {(of.IsWrite ? "WRITE" : "READ ")} {of.Pid} {major:x2}:{minor:x2}:{inode} {of.Start} {end}\n");
            }));
        }
    }

    public void LockWaitIsOver(GuestProcess process)
    {
        lock (gate)
        {
            locks.WaitIsOver(process.Pid);
        }
    }

    /// <summary>The process closed the file, or with null ended.</summary>
    public void ReleaseLocks(GuestProcess process, (ulong Device, ulong Inode)? file)
    {
        if (!hasLocks)
        {
            return;
        }

        lock (gate)
        {
            locks.WaitIsOver(process.Pid);
            if (locks.Release(process.Pid, file))
            {
                WakeLockWaiters();
            }
        }
    }

    /// <summary>Nobody has the open file any more.</summary>
    public void ReleaseLocks(OpenFile file)
    {
        lock (gate)
        {
            if (locks.Release(file.LockOwner, null))
            {
                WakeLockWaiters();
            }
        }
    }

    private void WakeLockWaiters()
    {
        foreach (int pid in locks.Waiting)
        {
            processes.GetValueOrDefault(pid)?.WakeUp();
        }
    }
}
