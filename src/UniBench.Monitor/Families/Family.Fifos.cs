using UniBench.Monitor.Segments;

namespace UniBench.Monitor.Families;

/// <summary>FIFOs that processes of the family have open, by the file that names them.</summary>
internal sealed partial class Family
{
    private readonly Dictionary<(ulong Device, ulong Inode), Fifo> fifos = [];

    /// <summary>Opens one: the process holds the sides from here on.</summary>
    /// <param name="sides">Bit 0 reads, bit 1 writes.</param>
    /// <param name="needsReader">O_WRONLY | O_NONBLOCK: only if somebody reads already.</param>
    /// <param name="errno">When null is returned.</param>
    public OpenedFifo? OpenFifo(GuestProcess process, (ulong Device, ulong Inode) file, int sides, bool needsReader, out int errno)
    {
        lock (gate)
        {
            if (fifos.TryGetValue(file, out Fifo? known))
            {
                lock (known.Ring.Gate)
                {
                    // Unless its last process has just closed it.
                    if (known.Ring.IsHeld)
                    {
                        errno = needsReader && !known.Ring.HasSide(Ring.Reader) ? UniBench.Host.Errno.ENXIO : 0;
                        return errno == 0 ? Enter(process, known, sides, out errno) : null;
                    }
                }
            }

            errno = needsReader ? UniBench.Host.Errno.ENXIO : UniBench.Host.Errno.ENFILE;
            if (needsReader || Host.Segments.CreateRing(Budget) is not { } ring)
            {
                return null;
            }

            Fifo fifo = new(file.Device, file.Inode, ring);
            ring.MakeNamed(fifo);
            fifos[file] = fifo;
            OpenedFifo? entered = Enter(process, fifo, sides, out errno);
            if (entered is null)
            {
                fifos.Remove(file);
                Host.Segments.Free(ring);
            }

            return entered;
        }
    }

    /// <summary>The process holds the sides. What it finds on the other side counts before those who wait there are woken: one of them may be through and gone at once.</summary>
    private static OpenedFifo? Enter(GuestProcess process, Fifo fifo, int sides, out int errno)
    {
        int other = sides == 1 << Ring.Reader ? Ring.Writer : Ring.Reader;
        int othersBefore = fifo.Ring.HasSide(other) ? OpenedFifo.IsThere : fifo.Opened(other);
        uint withoutWriter = fifo.WithoutWriter;
        long slot = process.Segments.HoldRing(fifo.Ring, sides);
        errno = slot < 0 ? (int)-slot : 0;
        if (slot < 0)
        {
            return null;
        }

        for (int side = 0; side < 2; side++)
        {
            if ((sides >> side & 1) != 0)
            {
                fifo.Open(side);
            }
        }

        fifo.Opening.ForEach(o => ((GuestProcess)o).WakeUp());
        return new OpenedFifo(fifo, (int)slot, other, othersBefore, withoutWriter);
    }

    /// <summary>Whether the other side is there or has been opened since; enters or leaves the list of those who wait.</summary>
    public bool IsFifoConnected(OpenedFifo opened, GuestProcess process)
    {
        lock (gate)
        {
            bool connected = opened.Fifo.Opened(opened.OtherSide) != opened.OthersBefore;
            opened.Fifo.Opening.Remove(process);
            if (!connected)
            {
                opened.Fifo.Opening.Add(process);
            }

            return connected;
        }
    }

    public void StopOpening(Fifo fifo, GuestProcess process)
    {
        lock (gate)
        {
            fifo.Opening.Remove(process);
        }
    }

    /// <summary>The last process has closed it.</summary>
    public void ForgetFifo(Fifo fifo)
    {
        lock (gate)
        {
            if (fifos.GetValueOrDefault(fifo.Key) == fifo && !fifo.Ring.IsHeld)
            {
                fifos.Remove(fifo.Key);
            }
        }
    }
}
