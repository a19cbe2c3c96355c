using UniBench.Monitor.Abi;
using UniBench.Monitor.Segments;

namespace UniBench.Monitor.Machines;

/// <summary>The slots of a VM through which its process sees pipes, shared memory and mapped files.</summary>
/// <remarks>
/// What a process holds no more is hidden at once, with one exception: read-only memory of files stays until its place is
/// needed, because hiding costs hundreds of microseconds and the next program mostly maps the same libraries.
/// A place may be filled anew at once: before the removal of a slot returns, KVM has dropped what it and the CPU know of the memory behind it.
/// What the guest's tables say of the place stays true, since they name guest-physical addresses. No page table lies in these slots.
/// </remarks>
internal sealed class Window(IMemorySlots memory)
{
    private const int MemorySlots = 64; // the machine's numbers for them
    private const int Comfortable = 64; // slots to fill before old files make room
    private readonly Segment?[] mapped = new Segment?[GuestLayout.WindowSlots];
    private readonly bool[] open = new bool[GuestLayout.WindowSlots];
    private int end;

    /// <summary>What the process has in a slot; null for none.</summary>
    public Segment? At(ulong slot) => slot < (ulong)mapped.Length && open[slot] ? mapped[slot] : null;

    /// <summary>Where the process sees a segment, or -1.</summary>
    public int SlotOf(Segment segment)
    {
        int slot = Array.IndexOf(mapped, segment, 0, end);
        return slot >= 0 && open[slot] ? slot : -1;
    }

    /// <summary>What the process sees, with its slots.</summary>
    public IEnumerable<(int Slot, Segment Segment)> Visible()
    {
        for (int slot = 0; slot < end; slot++)
        {
            if (open[slot] && mapped[slot] is { } segment)
            {
                yield return (slot, segment);
            }
        }
    }

    /// <summary>The first of that many adjacent free slots, or -1.</summary>
    public int Free(int count)
    {
        int slot = FirstFree(count, s => mapped[s] is null);
        return slot >= 0 && slot + count <= Comfortable ? slot : FirstFree(count, _ => true);
    }

    /// <summary>The first of two adjacent free slots of which it is the even one, or -1.</summary>
    public int FreePair()
    {
        for (int slot = 0; slot < mapped.Length; slot += 2)
        {
            if (!open[slot] && !open[slot + 1])
            {
                return slot;
            }
        }

        return -1;
    }

    /// <summary>Free slots for the pieces of a file: where they still are, if they are.</summary>
    public int FreeFor(IReadOnlyList<FileSegment> pieces)
    {
        int slot = Array.IndexOf(mapped, pieces[0], 0, end);
        bool whole = slot >= 0 && slot + pieces.Count <= end;
        for (int i = 0; whole && i < pieces.Count; i++)
        {
            whole = mapped[slot + i] == pieces[i] && !open[slot + i];
        }

        return whole ? slot : Free(pieces.Count);
    }

    /// <summary>Lets the process see a segment.</summary>
    public void Show(int slot, Segment segment)
    {
        if (mapped[slot]?.Backing != segment.Backing)
        {
            Unmap(slot);

            // A memory slot each, not an mmap: an mmap walks the MMU notifiers of all VMs of this process, 2.5 us apiece.
            memory.Set(MemorySlots + slot, AddressOf(slot), segment.Backing, segment.IsReadOnly);
            (segment as FileSegment)?.File.Taken();
            end = Math.Max(end, slot + 1);
        }

        mapped[slot] = segment;
        open[slot] = true;
    }

    public void Hide(int slot)
    {
        open[slot] = false;
        if (mapped[slot] is { IsReadOnly: false })
        {
            Unmap(slot);
        }
    }

    public void HideAll()
    {
        for (int slot = 0; slot < end; slot++)
        {
            Hide(slot);
        }
    }

    /// <summary>
    /// The family is over. Files go; pipes stay where they are until the next process begins, whose own may lie in the same places, cleared by then:
    /// <see cref="HideAll"/> and <see cref="Copy"/> remove the others.
    /// </summary>
    public void Leave()
    {
        for (int slot = 0; slot < end; slot++)
        {
            open[slot] = false;
            if (mapped[slot] is FileSegment)
            {
                Unmap(slot);
            }
        }
    }

    /// <summary>Shows what another VM's process sees, and nothing else.</summary>
    public void Copy(Window from)
    {
        for (int slot = 0; slot < Math.Max(end, from.end); slot++)
        {
            if (from.At((ulong)slot) is { } segment)
            {
                Show(slot, segment);
            }
            else
            {
                Hide(slot);
            }
        }
    }

    private static ulong AddressOf(int slot) => GuestLayout.GpaWindow + ((ulong)slot * GuestLayout.SegmentBytes);

    private int FirstFree(int count, Func<int, bool> allowed)
    {
        int free = 0;
        for (int slot = 0; slot < mapped.Length; slot++)
        {
            free = !open[slot] && allowed(slot) ? free + 1 : 0;
            if (free == count)
            {
                return slot - count + 1;
            }
        }

        return -1;
    }

    private void Unmap(int slot)
    {
        if (mapped[slot] is { } old)
        {
            memory.Remove(MemorySlots + slot, AddressOf(slot));
            (old as FileSegment)?.File.Released();
            mapped[slot] = null;
        }
    }
}
