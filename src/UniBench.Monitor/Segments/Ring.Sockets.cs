using UniBench.Monitor.Abi;

namespace UniBench.Monitor.Segments;

/// <summary>A ring as one direction of a connection, or as what counts who comes to a socket that listens.</summary>
internal sealed partial class Ring
{
    private bool isShut;

    /// <summary>It belongs to a socket; one of its sides is told how that one waits.</summary>
    public void BecomeSocket(uint kind, int side, bool isNonBlocking, ulong timeoutNs)
    {
        const uint Writes = 1;
        Header.Capacity = GuestLayout.SocketCapacity;
        Header.Flags[side] = (isNonBlocking ? (uint)Host.OpenFlags.Nonblock : 0) | (side == Writer ? Writes : 0);
        Header.Timeout[side] = timeoutNs;
        Header.PassedAt = GuestLayout.PassedNone;
        Interlocked.Or(ref Header.Socket, kind);
    }

    /// <summary>O_NONBLOCK of a side, before anybody has it.</summary>
    public void SetNonBlocking(int side, bool on) =>
        Header.Flags[side] = (Header.Flags[side] & ~(uint)Host.OpenFlags.Nonblock) | (on ? (uint)Host.OpenFlags.Nonblock : 0);

    public void SetTimeout(int side, ulong timeoutNs) => Volatile.Write(ref Header.Timeout[side], timeoutNs);

    /// <summary>Others than those who inherit it may come to hold an end at any time, so who writes or reads locks.</summary>
    public void Share() => Volatile.Write(ref Header.Named, 1u);

    /// <summary>Every message in it says who sent it, from now on or no more.</summary>
    public void NameSenders(bool on) => _ = on ? Interlocked.Or(ref Header.Socket, GuestLayout.SocketSenders) : Interlocked.And(ref Header.Socket, ~GuestLayout.SocketSenders);

    /// <summary>The first message on its way that carries more than bytes.</summary>
    public void TellPassed(ulong start, ulong end)
    {
        Volatile.Write(ref Header.PassedEnd, end);
        Volatile.Write(ref Header.PassedAt, start);
    }

    /// <summary>It counts arrivals, and never hangs up.</summary>
    public void CountArrivals() => Header.Ends[Writer] = 1;

    public void Arrived(ulong count) => Interlocked.Add(ref Header.Head, count);

    public void Accepted(ulong count) => Interlocked.Add(ref Header.Tail, count);

    /// <summary>Nothing is written to it any more: as if nobody had an end of it, but what is in it is still read.</summary>
    public void Shut()
    {
        lock (Gate)
        {
            if (!isShut)
            {
                isShut = true;
                Interlocked.Or(ref Header.Shut, GuestLayout.ShutBoth);
                Interlocked.Exchange(ref Header.Ends[Reader], 0);
                Interlocked.Exchange(ref Header.Ends[Writer], 0);
                Wake(Reader);
                Wake(Writer);
            }
        }
    }

    /// <summary>Who reads wants no more, which the other side does not hear.</summary>
    public void ShutReader()
    {
        lock (Gate)
        {
            Interlocked.Or(ref Header.Shut, GuestLayout.ShutReader);
            Wake(Reader);
        }
    }

    /// <summary>Who reads it was never accepted.</summary>
    public void Reset() => Interlocked.Or(ref Header.Shut, GuestLayout.ShutReset);

    /// <summary>Bytes that were written and not read; between processes that go on it is a look.</summary>
    public ulong Unread => Math.Min(Volatile.Read(ref Header.Head) - Volatile.Read(ref Header.Tail), Volatile.Read(ref Header.Capacity));

    /// <summary>POLL* bits of a socket, as socket_poll of the library OS has them.</summary>
    public static uint PollSocket(Ring read, Ring? written)
    {
        const uint In = 0x41, Out = 0x304, Error = 8, HungUp = 16, PeerHungUp = 0x2000;
        ref RingHeader input = ref read.Header;
        ulong there = Volatile.Read(ref input.Head) - Volatile.Read(ref input.Tail);
        if (written is null)
        {
            return there != 0 ? In : 0;
        }

        ref RingHeader output = ref written.Header;
        bool isTcp = (input.Socket & GuestLayout.SocketTcp) != 0;
        uint outShut = Volatile.Read(ref output.Shut);
        bool ended = Volatile.Read(ref input.Ends[Writer]) == 0 || Volatile.Read(ref input.Shut) != 0;
        bool alone = Volatile.Read(ref output.Ends[Reader]) == 0;
        bool deaf = (outShut & GuestLayout.ShutBoth) != 0 || (isTcp ? Volatile.Read(ref output.Told) != 0 : alone);
        ulong used = Volatile.Read(ref output.Head) - Volatile.Read(ref output.Tail), capacity = Volatile.Read(ref output.Capacity);
        bool wasReset = alone && (outShut & GuestLayout.ShutBoth) == 0 && (used != 0 || (outShut & GuestLayout.ShutReset) != 0) && Volatile.Read(ref input.Told) == 0;
        return (there != 0 ? In : 0) | (ended ? In | PeerHungUp : 0) | (ended && deaf ? HungUp : 0) | (wasReset ? Error : 0)
            | (deaf || used > capacity || capacity - used > capacity / 4 ? Out : 0);
    }

    /// <summary>As socket_progress of the library OS.</summary>
    public static ulong SocketProgress(Ring read, Ring? written, uint events)
    {
        const uint In = 1, Out = 4;
        ulong moved = (events & In) != 0 ? Volatile.Read(ref read.Header.Head) : 0;
        if (written is null)
        {
            return (moved * 16) + 2;
        }

        moved += (events & Out) != 0 ? Volatile.Read(ref written.Header.Tail) : 0;
        return (moved * 16) + (Volatile.Read(ref read.Header.Ends[Writer]) != 0 ? 0 : 8u) + (Volatile.Read(ref written.Header.Ends[Reader]) != 0 ? 0 : 4u) + 2;
    }
}
