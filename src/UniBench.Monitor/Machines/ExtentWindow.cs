using System.Runtime.InteropServices;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Memory;

namespace UniBench.Monitor.Machines;

/// <summary>The extents that a VM's process holds, and their memory slots.</summary>
/// <remarks>
/// A process may write to extents that it opened, and only reads those it inherited. Their slots stay when the process ends,
/// because the next one on this VM is mostly a child of the same parent; they go before a process runs that does not hold them,
/// and before the memory serves somebody else.
/// Page tables lie in extents, too. In the read-only ones they serve KVM's shadow paging, which only reads them; a CPU that walks tables would
/// write there for all KVM knows, so on nested paging a child's tables do not lead there (<see cref="PageTables.HideTablesOfExtents"/>).
/// A vfork child walks its parent's, in slots that it may write to.
/// </remarks>
/// <param name="ram">The VM's private memory, which begins with the control page.</param>
/// <param name="isShadowing">KVM derives shadow page tables from those of the guest.</param>
internal sealed class ExtentWindow(IMemorySlots memory, ExtentArena arena, HostRange ram, bool isShadowing)
{
    private const int FirstSlot = 704; // the machine's numbers for them
    private const long Smallest = 4 << 20;
    private const long Largest = 128 << 20;
    private readonly Entry[] entries = new Entry[GuestLayout.Extents];
    private ulong lastChanges;

    /// <summary>Bytes of the extents that are charged to this process.</summary>
    public long ChargedBytes { get; private set; }

    /// <summary>Bytes of all that it holds.</summary>
    public long HeldBytes { get; private set; }

    /// <summary>The family of its process.</summary>
    public object? Owner { get; set; }

    private ref ControlPage Control => ref MemoryMarshal.AsRef<ControlPage>(ram.Slice(GuestLayout.ControlOffset, GuestLayout.Page).Span);

    /// <summary>One more, larger the more the process has; the library OS finds it in the control page.</summary>
    /// <returns>Its index, or -1: no memory or no index is left.</returns>
    public int Open()
    {
        lock (arena.Gate)
        {
            int index = Array.FindIndex(entries, e => !e.IsHeld);
            long wanted = Math.Clamp(ChargedBytes / 2, Smallest, Largest) & -(long)GuestLayout.LargePage;
            if (index < 0 || arena.Take(wanted, Owner!) is not { } extent)
            {
                return -1;
            }

            Hide(index);
            Show(index, extent, isWritable: true);
            Hold(index, isCharged: true);
            ref ControlPage control = ref Control;
            control.Extents[index] = new GuestExtent { Start = extent.Address, End = extent.Address + (ulong)extent.Bytes, Exclusive = 1 };
            (control.RunNext, control.RunEnd) = (extent.Address, extent.Address + (ulong)extent.Bytes);
            control.RunClean = extent.IsClean ? control.RunNext : control.RunEnd;
            return index;
        }
    }

    /// <summary>The process needs one no more.</summary>
    public bool Close(ulong index)
    {
        lock (arena.Gate)
        {
            if (index >= (ulong)entries.Length || !entries[index].IsHeld)
            {
                return false;
            }

            Release((int)index);
            Hide((int)index);
            Control.Extents[(int)index] = default;
            return true;
        }
    }

    /// <summary>A child's process holds what its parent holds; from now on both copy before they write.</summary>
    public void Inherit(ExtentWindow parent)
    {
        lock (arena.Gate)
        {
            parent.NoteChanges();
            for (int i = 0; i < entries.Length; i++)
            {
                Extent? wanted = parent.entries[i].IsHeld ? parent.entries[i].Extent : null;
                if (entries[i].Extent is { } shown && (shown != wanted || entries[i].IsWritable || entries[i].Version != shown.Version))
                {
                    Hide(i);
                }

                if (wanted is not null)
                {
                    Show(i, wanted, isWritable: false);
                    Hold(i, isCharged: false);
                    Control.Extents[i].Exclusive = 0;
                    parent.Control.Extents[i].Exclusive = 0;
                }
            }

            lastChanges = parent.lastChanges;
        }
    }

    /// <summary>A vfork child has its parent's memory itself, until <see cref="GiveBack"/>.</summary>
    public void Borrow(ExtentWindow parent)
    {
        lock (arena.Gate)
        {
            parent.NoteChanges();
            HideAll();
            MoveFrom(parent);
            lastChanges = parent.lastChanges;
        }
    }

    /// <summary>The parent has its memory again, with what the child added.</summary>
    public void GiveBack(ExtentWindow parent)
    {
        lock (arena.Gate)
        {
            // The parent's KVM has not seen what the child did to page tables in extents.
            if (isShadowing && Control.TableChanges != parent.lastChanges)
            {
                parent.HideAll();
            }

            for (int i = 0; i < entries.Length; i++)
            {
                if (parent.entries[i].Extent is { } old && (!entries[i].IsHeld || entries[i].Extent != old))
                {
                    parent.Hide(i);
                }
            }

            parent.MoveFrom(this);
            parent.NoteChanges();
            HideAll();
        }
    }

    /// <summary>The process has ended, or another program begins.</summary>
    public void ReleaseAll()
    {
        if (HeldBytes == 0)
        {
            return;
        }

        lock (arena.Gate)
        {
            NoteChanges();
            for (int i = 0; i < entries.Length; i++)
            {
                if (entries[i].IsHeld)
                {
                    Release(i);
                }
            }
        }
    }

    /// <summary>Nothing of earlier processes may be seen by the next.</summary>
    public void HideAll()
    {
        lock (arena.Gate)
        {
            for (int i = 0; i < entries.Length; i++)
            {
                if (!entries[i].IsHeld)
                {
                    Hide(i);
                }
            }

            lastChanges = 0;
        }
    }

    /// <summary>The machine goes: who holds what it shows need not hide that from it any more.</summary>
    public void Leave()
    {
        ReleaseAll();
        lock (arena.Gate)
        {
            for (int i = 0; i < entries.Length; i++)
            {
                entries[i].Extent?.Shown.Remove(this);
                entries[i] = default;
            }
        }
    }

    /// <summary>Part of an extent that the process holds; null if it is none.</summary>
    public HostRange? At(ulong address, int bytes)
    {
        foreach (ref readonly Entry entry in entries.AsSpan())
        {
            if (entry.IsHeld && address - entry.Extent!.Address <= (ulong)(entry.Extent.Bytes - bytes))
            {
                return entry.Extent.Memory.Slice((long)(address - entry.Extent.Address), bytes);
            }
        }

        return null;
    }

    /// <summary>Copies such a part, from any thread: the extent is not given back meanwhile.</summary>
    public bool TryCopy(ulong address, Span<byte> to)
    {
        lock (arena.Gate)
        {
            if (At(address, to.Length) is not { } range)
            {
                return false;
            }

            range.Span.CopyTo(to);
            return true;
        }
    }

    /// <summary>Writes to such a part, of which the process is the sole holder, from any thread.</summary>
    public bool TryWrite(ulong address, ReadOnlySpan<byte> from)
    {
        lock (arena.Gate)
        {
            foreach (ref readonly Entry entry in entries.AsSpan())
            {
                if (entry is { IsHeld: true, IsWritable: true } && address - entry.Extent!.Address <= (ulong)(entry.Extent.Bytes - from.Length))
                {
                    from.CopyTo(entry.Extent.Memory.Slice((long)(address - entry.Extent.Address), from.Length).Span);
                    return true;
                }
            }

            return false;
        }
    }

    private void MoveFrom(ExtentWindow other)
    {
        for (int i = 0; i < entries.Length; i++)
        {
            Entry entry = other.entries[i];
            if (!entry.IsHeld)
            {
                continue;
            }

            if (entries[i].Extent != entry.Extent)
            {
                Hide(i);
                Show(i, entry.Extent!, entry.IsWritable);
            }

            Hold(i, entry.IsCharged);
            other.Drop(i);
            Publish(entry.Extent!);
        }
    }

    /// <summary>VMs that showed extents of this process before must look anew at their page tables.</summary>
    private void NoteChanges()
    {
        ulong changes = Control.TableChanges;
        if (!isShadowing || changes == lastChanges)
        {
            return;
        }

        lastChanges = changes;
        for (int i = 0; i < entries.Length; i++)
        {
            if (entries[i] is { IsHeld: true, IsWritable: true })
            {
                entries[i].Version = ++entries[i].Extent!.Version;
            }
        }
    }

    private void Show(int index, Extent extent, bool isWritable)
    {
        if (entries[index].Extent == extent)
        {
            return;
        }

        memory.Set(FirstSlot + index, extent.Address, extent.Backing, readOnly: !isWritable);
        entries[index] = new Entry { Extent = extent, IsWritable = isWritable, Version = extent.Version };
        extent.Shown.Add(this);
    }

    private void Hide(int index)
    {
        if (entries[index].Extent is { } extent)
        {
            memory.Remove(FirstSlot + index, extent.Address);
            extent.Shown.Remove(this);
            entries[index] = default;
        }
    }

    private void Hold(int index, bool isCharged)
    {
        ref Entry entry = ref entries[index];
        entry.IsHeld = true;
        entry.IsCharged = isCharged;
        entry.Extent!.Holders.Add(this);
        HeldBytes += entry.Extent.Bytes;
        ChargedBytes += isCharged ? entry.Extent.Bytes : 0;
    }

    private void Drop(int index)
    {
        ref Entry entry = ref entries[index];
        entry.Extent!.Holders.Remove(this);
        HeldBytes -= entry.Extent.Bytes;
        ChargedBytes -= entry.IsCharged ? entry.Extent.Bytes : 0;
        entry.IsHeld = entry.IsCharged = false;
    }

    /// <summary>Holds one no more. The last holder gives its memory back; of several, another one is charged.</summary>
    private void Release(int index)
    {
        Extent extent = entries[index].Extent!;
        bool wasCharged = entries[index].IsCharged;
        Drop(index);
        if (extent.Holders.Count == 0)
        {
            foreach (ExtentWindow window in extent.Shown.ToArray())
            {
                window.Hide(Array.FindIndex(window.entries, e => e.Extent == extent));
            }

            arena.Return(extent);
            return;
        }

        if (wasCharged)
        {
            ExtentWindow heir = extent.Holders[0];
            heir.entries[Array.FindIndex(heir.entries, e => e.Extent == extent)].IsCharged = true;
            heir.ChargedBytes += extent.Bytes;
        }

        Publish(extent);
    }

    /// <summary>A sole holder that may write need not copy any more.</summary>
    private static void Publish(Extent extent)
    {
        if (extent.Holders is [{ } holder])
        {
            int index = Array.FindIndex(holder.entries, e => e.Extent == extent);
            holder.Control.Extents[index].Exclusive = holder.entries[index].IsWritable ? 1u : 0;
        }
    }

    private record struct Entry
    {
        public Extent? Extent;
        public bool IsWritable;
        public bool IsHeld;
        public bool IsCharged;
        public int Version;
    }
}
