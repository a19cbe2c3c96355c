using UniBench.Host;
using UniBench.Monitor.Processes;

namespace UniBench.Monitor.Ipc;

/// <summary>POSIX message queues by name. One that was unlinked lives on in the descriptors that are open. Guarded by the namespace.</summary>
internal sealed class PosixQueues
{
    private const long MostBytes = 819200; // RLIMIT_MSGQUEUE
    public const int Most = 256; // /proc/sys/fs/mqueue/queues_max
    private const int NameLimit = 255;
    private readonly Dictionary<string, PosixQueue> names = [];
    private long used;

    /// <summary>mq_open.</summary>
    /// <param name="flags">O_CREAT, O_EXCL and the access mode.</param>
    /// <param name="make">A new queue, or null and -errno.</param>
    public PosixQueue? Open(string name, int flags, uint mode, Credentials user, Func<(PosixQueue? Made, int Error)> make, out int error)
    {
        error = Refuse(name);
        if (error != 0)
        {
            return null;
        }

        if (names.TryGetValue(name, out PosixQueue? known))
        {
            uint wanted = (flags & 3) switch { 0 => 4u, 1 => 2u, _ => 6u };
            uint granted = user.Users.File == known.Owner.User ? known.Mode >> 6 : user.IsInGroup(known.Owner.Group) ? known.Mode >> 3 : known.Mode;
            error = (flags & (OpenFlags.Creat | OpenFlags.Excl)) == (OpenFlags.Creat | OpenFlags.Excl) ? -Errno.EEXIST : (wanted & ~granted) == 0 || user.Has(Capability.OverridePermissions) ? 0 : -Errno.EACCES;
            return error == 0 ? known : null;
        }

        error = (flags & OpenFlags.Creat) == 0 ? -Errno.ENOENT : names.Count >= Most ? -Errno.ENOSPC : 0;
        if (error != 0)
        {
            return null;
        }

        (PosixQueue? made, error) = make();
        if (made is not null)
        {
            (made.Owner, made.Mode) = ((user.Users.File, user.Groups.File), mode);
            names.Add(name, made);
        }

        return made;
    }

    /// <summary>Charges for a queue when it is made, whatever it will hold, as Linux does.</summary>
    /// <returns>What gives the charge back; null beyond RLIMIT_MSGQUEUE.</returns>
    public Action? Charge(long count, long bytes)
    {
        const int Overhead = 48 + 48; // struct msg_msg, and a node for its priority
        long size = count * (bytes + Overhead);
        if (Interlocked.Add(ref used, size) <= MostBytes)
        {
            return () => Interlocked.Add(ref used, -size);
        }

        Interlocked.Add(ref used, -size);
        return null;
    }

    /// <summary>mq_unlink.</summary>
    public int Unlink(string name, Credentials user)
    {
        int refused = Refuse(name);
        if (refused != 0 || !names.TryGetValue(name, out PosixQueue? known))
        {
            return refused != 0 ? refused : -Errno.ENOENT;
        }

        if (user.Users.File != known.Owner.User && !user.Has(Capability.OwnFiles))
        {
            return -Errno.EPERM; // the directory of queues is sticky
        }

        names.Remove(name);
        known.Released();
        return 0;
    }

    /// <summary>The family is over.</summary>
    public void UnlinkAll()
    {
        foreach (PosixQueue queue in names.Values)
        {
            queue.Released();
        }

        names.Clear();
    }

    /// <summary>The process has ended: it is told of nothing any more.</summary>
    public void Forget(IFamilyMember process)
    {
        foreach (PosixQueue queue in names.Values.Where(q => q.Notification?.Process == process))
        {
            queue.Notification = null;
        }
    }

    private static int Refuse(string name) => name.Length == 0 ? -Errno.ENOENT
        : name.Contains('/', StringComparison.Ordinal) || name is "." or ".." ? -Errno.EACCES
        : name.Length > NameLimit ? -Errno.ENAMETOOLONG
        : 0;
}
