using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;
using UniBench.Monitor.Files;
using UniBench.Monitor.Segments;

namespace UniBench.Monitor.Calls;

/// <summary>F_SETOWN and its kin, O_ASYNC of pipes, leases and notices of directories.</summary>
internal sealed class OwnerCalls(GuestProcess process) : CallModule(process)
{
    /// <param name="target">A handle; or of a ring OpenRing, side &lt;&lt; 16, slot.</param>
    /// <param name="argument">Of F_SETOWN_EX its type, | pid &lt;&lt; 32; of F_SETFL whether O_ASYNC, and of F_SETLEASE its type, | descriptor &lt;&lt; 32.</param>
    public long OwnerCall(ulong target, int command, long argument)
    {
        (int low, int high) = ((int)(uint)argument, (int)(argument >> 32));
        Ring? ring = null;
        int side = (int)(target >> 16 & 1);
        OpenFile? file = null;
        if ((target & GuestLayout.OpenRing) != 0)
        {
            ring = Vm.Window.At(target & 0xffff) as Ring;
        }
        else
        {
            file = Process.Files.Held(target);
        }

        if (ring is null && file is null)
        {
            return -Errno.EBADF;
        }

        switch (command)
        {
            case FcntlCommand.Setfl when ring is not null:
                lock (ring.Gate)
                {
                    ring.SetAsync(side, low != 0, high);
                }

                return 0;
            case FcntlCommand.Notify:
                return file is not { Entry.IsDirectory: true, IsGenerated: false } ? -Errno.ENOTDIR : Family.SetNotice(Process, file, (uint)low, high);
            case FcntlCommand.Setlease or FcntlCommand.Getlease:
                return file is null ? -Errno.EINVAL : command == FcntlCommand.Getlease ? (long)Family.GetLease(file) : SetLease(file, low, high);
        }

        FileOwner owner = ring is not null ? ring.OwnerOf(side) : file!.Owner;
        switch (command)
        {
            case FcntlCommand.SetOwner:
                return Family.SetOwner(Process, owner, low, high);
            case FcntlCommand.GetOwner:
                return (uint)owner.Kind | ((long)owner.Id << 32);
            case FcntlCommand.Setsig when low is >= 0 and < GuestLayout.Signals:
                owner.Signal = low;
                return 0;
            case FcntlCommand.Getsig:
                return owner.Signal;
            default:
                return -Errno.EINVAL;
        }
    }

    private long SetLease(OpenFile file, int kind, int descriptor)
    {
        if (file.Entry.Owner != Credentials.Users.File && !Credentials.Has(Processes.Capability.Lease))
        {
            return -Errno.EACCES;
        }

        if (!file.IsRegular || kind is < (int)LeaseKind.Read or > (int)LeaseKind.None)
        {
            return -Errno.EINVAL;
        }

        return Family.SetLease(Process, file, (LeaseKind)kind, descriptor, Process.Files.Open.All.Opened(file.Identity));
    }

    /// <summary>Before a file is opened or truncated by its name: waits until no lease of another open file is in the way.</summary>
    /// <returns>0 or -errno.</returns>
    private long BreakLeases(HostEntry? entry, bool writes, bool nonBlocking)
    {
        if (entry is not { IsRegular: true } file)
        {
            return 0;
        }

        while (Family.BreakLeases(Process, (file.Device, file.Inode), writes) is > 0 and long until)
        {
            if (nonBlocking || Process.SignalDue())
            {
                Family.StopWaitingForLease(Process);
                return nonBlocking ? -Errno.EAGAIN : -Errno.ERESTARTSYS;
            }

            Process.Sleep(until, spin: false);
        }

        return 0;
    }

    /// <summary>Before a file is opened or truncated by its name: a program that runs is not written to, and leases are waited for.</summary>
    /// <param name="flags">Of open(2): to leases truncating is not writing.</param>
    /// <returns>0 or -errno.</returns>
    public long MayOpen(HostEntry? entry, int flags) =>
        (flags & (OpenFlags.Accmode | OpenFlags.Trunc)) != 0 && entry is { IsRegular: true } file && Family.Running.Has((file.Device, file.Inode)) ? -Errno.ETXTBSY
        : Family.HasLeases ? BreakLeases(entry, (flags & OpenFlags.Accmode) != 0, (flags & OpenFlags.Nonblock) != 0)
        : 0;
}
