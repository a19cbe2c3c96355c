using System.Runtime.InteropServices;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;
using UniBench.Monitor.Processes;
using UniBench.Monitor.Procfs;

namespace UniBench.Monitor.Calls;

/// <summary>What processes of a family set for each other and for all: limits, the host's name; and kcmp.</summary>
internal sealed class KinCalls(GuestProcess process) : CallModule(process)
{
    /// <summary>A limit as the library OS has it.</summary>
    public ref ResourceLimit LimitOf(int resource) =>
        ref Vm.Memory.At<ResourceLimit>((long)(Process.Inspection.Header.Limits - GuestLayout.LibosPrivate) + (resource * Marshal.SizeOf<ResourceLimit>()));

    /// <summary>The family's names into the bounce buffer.</summary>
    public long TellNames()
    {
        Span<byte> names = Vm.Bounce.Span[..(2 * GuestLayout.NameBytes)];
        names.Clear();
        (byte[] host, byte[] domain) = Family.Names;
        host.CopyTo(names);
        domain.CopyTo(names[GuestLayout.NameBytes..]);
        return 0;
    }

    /// <summary>sethostname and setdomainname, with the name in the bounce buffer.</summary>
    public long Rename(bool isDomain)
    {
        if (!Credentials.Has(Capability.SysAdmin))
        {
            return -Errno.EPERM;
        }

        Span<byte> name = Vm.Bounce.Span[..(GuestLayout.NameBytes - 1)];
        int end = name.IndexOf((byte)0);
        Family.Rename(isDomain, name[..(end < 0 ? name.Length : end)].ToArray());
        return 0;
    }

    /// <summary>prlimit64 of another process: the new limit comes in the bounce buffer, the old one goes there.</summary>
    public long LimitOther(int pid, ulong resource, bool sets)
    {
        if (resource >= GuestLayout.Rlimits)
        {
            return -Errno.EINVAL;
        }

        if (Family.Describe(pid) is not { } process)
        {
            return -Errno.ESRCH;
        }

        if (!MayLimit(process.Credentials))
        {
            return -Errno.EPERM;
        }

        if (process.Living is null)
        {
            return -Errno.ESRCH;
        }

        ResourceLimit wanted = MemoryMarshal.Read<ResourceLimit>(Vm.Bounce.Span);
        bool mayRaise = Credentials.Has(Capability.SysResource);
        const int OpenFiles = 7;
        (long result, ResourceLimit before) = Family.With(process, p =>
        {
            ref ResourceLimit limit = ref p.Kin.LimitOf((int)resource);
            ResourceLimit old = limit;
            if (!sets)
            {
                return (0L, old);
            }

            if (wanted.Current > wanted.Maximum)
            {
                return (-Errno.EINVAL, old);
            }

            if ((wanted.Maximum > old.Maximum && !mayRaise) || (resource == OpenFiles && wanted.Maximum > GuestLayout.Descriptors))
            {
                return (-Errno.EPERM, old);
            }

            limit = wanted;
            return (0L, old);
        });
        MemoryMarshal.Write(Vm.Bounce.Span, before);
        return result;
    }

    /// <summary>As prlimit(2) has it: the same user and group in all three, or a capability.</summary>
    private bool MayLimit(Credentials target)
    {
        (uint user, uint group) = (Credentials.Users.Real, Credentials.Groups.Real);
        return Credentials.Has(Capability.SysResource)
            || (user == target.Users.Real && user == target.Users.Effective && user == target.Users.Saved
                && group == target.Groups.Real && group == target.Groups.Effective && group == target.Groups.Saved);
    }

    /// <summary>process_vm_readv and process_vm_writev: a piece of another process's memory, to or from the bounce buffer.</summary>
    public long MoveMemory(int pid, ulong address, long bytes, bool writes)
    {
        if (bytes is < 0 or > GuestLayout.BounceSize)
        {
            return -Errno.EINVAL;
        }

        if (Family.Describe(pid) is not { Living: not null } process)
        {
            return -Errno.ESRCH;
        }

        if (!Credentials.MayAttach(process.Credentials))
        {
            return -Errno.EPERM;
        }

        byte[] piece = new byte[bytes];
        if (writes)
        {
            Vm.Bounce.Span[..piece.Length].CopyTo(piece);
        }

        int moved = Family.With(process, p => writes ? AddressSpace.Write(p, address, piece) : AddressSpace.Read(p, address, piece));
        if (!writes && moved > 0)
        {
            piece.AsSpan(0, moved).CopyTo(Vm.Bounce.Span);
        }

        return moved > 0 || bytes == 0 ? moved : -Errno.EFAULT;
    }

    /// <summary>kcmp(2): 0 where two processes have the same, 1 and 2 where they do not.</summary>
    public long Compare(int one, int other, long kind, ulong number, ulong otherNumber)
    {
        const int OfFiles = 0, OfAdjustments = 6, Most = OfAdjustments; // KCMP_FILE, KCMP_SYSVSEM
        if (Family.Describe(one) is not { Living: not null } first || Family.Describe(other) is not { Living: not null } second)
        {
            return -Errno.ESRCH;
        }

        if ((one != Pid && !Credentials.MayInspect(first.Credentials)) || (other != Pid && !Credentials.MayInspect(second.Credentials)))
        {
            return -Errno.EPERM;
        }

        if (kind is < OfFiles or > Most)
        {
            return kind == Most + 1 ? -Errno.EOPNOTSUPP : -Errno.EINVAL;
        }

        // Who adjusts no semaphore has the same list of adjustments as others: none.
        bool adjustsNone = kind == OfAdjustments && Family.UsedIpc is var ipc && (ipc is null || !(ipc.Undoes(one) || ipc.Undoes(other)));
        (ulong left, ulong right) = kind == OfFiles ? (OpenedAs(first, number), OpenedAs(second, otherNumber)) : adjustsNone ? (1, 1) : ((ulong)one, (ulong)other);
        return left == 0 || right == 0 ? -Errno.EBADF : left == right ? 0 : left < right ? 1 : 2;
    }

    /// <summary>A number that open descriptors share if they lead to one open file; 0 where nothing is open.</summary>
    private ulong OpenedAs(ProcessView process, ulong number)
    {
        const int Kinds = 48;
        if (number >= GuestLayout.Descriptors || Family.With(process, p => p.Inspection.Descriptors()[number]) is not { Kind: not (byte)DescriptorKind.Free } entry)
        {
            return 0;
        }

        OpenDescriptor open = new(process.Living!, (int)number, entry);
        return ((ulong)entry.Kind << Kinds) | (open.Kind switch
        {
            DescriptorKind.Host or DescriptorKind.Socket => entry.Handle,
            DescriptorKind.Epoll or DescriptorKind.Signal => ((ulong)process.Pid << 16) | entry.Slot,
            _ => open.Ring?.Id ?? 0,
        });
    }
}
