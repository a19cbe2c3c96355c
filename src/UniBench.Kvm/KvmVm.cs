using UniBench.Host;
using static Tmds.Linux.LibC;

namespace UniBench.Kvm;

/// <summary>A virtual machine: memory slots and vCPUs. Bound to the process that made it.</summary>
public sealed unsafe class KvmVm : IDisposable
{
    private const uint ReadOnlyFlag = 2;
    private readonly KvmDevice device;
    private int descriptor;

    internal KvmVm(KvmDevice device, int descriptor)
    {
        this.device = device;
        this.descriptor = descriptor;
    }

    /// <summary>Maps host memory into the guest's physical address space.</summary>
    /// <param name="slot">Slot number, free or removed before.</param>
    /// <param name="guestAddress">Guest-physical address, page aligned.</param>
    /// <param name="memory">Host memory, page aligned; must outlive the slot.</param>
    /// <param name="readOnly">The guest may not write; a write of its is an exit.</param>
    public void SetMemory(int slot, ulong guestAddress, HostRange memory, bool readOnly) =>
        SetRegion(slot, guestAddress, memory, readOnly ? ReadOnlyFlag : 0);

    /// <summary>Removes a slot. With shadow paging KVM then drops every shadow page table of the VM, whatever the slot held.</summary>
    /// <remarks>
    /// Where the CPU walks the guest's tables it remembers where they led with the slot. KVM makes it forget that itself, before it enters the guest again, so
    /// neither the monitor nor the guest has to. Of a slot that is new there is nothing to forget: what was not there is not remembered.
    /// </remarks>
    public void RemoveMemory(int slot, ulong guestAddress) => SetRegion(slot, guestAddress, default, 0);

    public KvmVcpu CreateVcpu()
    {
        int fd = ioctl(descriptor, KvmIoctl.CreateVcpu, 0);
        return fd >= 0 ? new KvmVcpu(device, fd) : throw new KvmException("KVM_CREATE_VCPU", Errno.Last);
    }

    public void Dispose()
    {
        int fd = Interlocked.Exchange(ref descriptor, -1);
        if (fd >= 0)
        {
            _ = close(fd);
        }
    }

    private void SetRegion(int slot, ulong guestAddress, HostRange memory, uint flags)
    {
        KvmMemoryRegion region = new()
        {
            Slot = (uint)slot,
            Flags = flags,
            GuestAddress = guestAddress,
            Size = (ulong)memory.Length,
            HostAddress = (ulong)memory.Address,
        };
        if (ioctl(descriptor, KvmIoctl.SetUserMemoryRegion, &region) < 0)
        {
            throw new KvmException($"KVM_SET_USER_MEMORY_REGION slot {slot} at 0x{guestAddress:x}, {memory.Length} bytes", Errno.Last);
        }
    }
}
