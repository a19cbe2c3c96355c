using System.Runtime.InteropServices;

namespace UniBench.Host;

/// <summary>One end of a pair of local sockets that keep messages apart and carry descriptors.</summary>
public sealed unsafe class HostSocket : IDisposable
{
    /// <summary>Descriptors that one message can carry.</summary>
    public const int MostDescriptors = 64;

    private const int SocketLevel = 1, Rights = 1, ControlHeader = 16;
    private int descriptor;

    private HostSocket(int descriptor) => this.descriptor = descriptor;

    public int Descriptor => descriptor;

    /// <summary>Two ends, close-on-exec.</summary>
    public static (HostSocket Ours, HostSocket Theirs) Pair()
    {
        const int Unix = 1, SequencedPackets = 5;
        int* ends = stackalloc int[2];
        long result = HostCall.Invoke(LinuxCall.Socketpair, Unix, SequencedPackets | OpenFlags.Cloexec, 0, (nint)ends);
        return result >= 0 ? (new HostSocket(ends[0]), new HostSocket(ends[1])) : throw new HostException("socketpair", (int)-result);
    }

    /// <summary>Sends one message with copies of descriptors, without waiting for room.</summary>
    /// <exception cref="HostException">The other end is gone, or does not take it.</exception>
    public void Send(ReadOnlySpan<byte> message, ReadOnlySpan<int> descriptors)
    {
        const int NoSignal = 0x4000, DontWait = 0x40;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(descriptors.Length, MostDescriptors);
        byte* control = stackalloc byte[ControlHeader + (MostDescriptors * sizeof(int))];
        *(long*)control = ControlHeader + (descriptors.Length * sizeof(int));
        ((int*)control)[2] = SocketLevel;
        ((int*)control)[3] = Rights;
        descriptors.CopyTo(MemoryMarshal.CreateSpan(ref ((int*)control)[4], MostDescriptors));
        fixed (byte* bytes = message)
        {
            long* part = stackalloc long[2] { (nint)bytes, message.Length };
            long* header = stackalloc long[7] { 0, 0, (nint)part, 1, descriptors.Length > 0 ? (nint)control : 0, descriptors.Length > 0 ? *(long*)control : 0, 0 };
            long result;
            do
            {
                result = HostCall.Invoke(LinuxCall.Sendmsg, descriptor, (nint)header, NoSignal | DontWait);
            }
            while (result == -Errno.EINTR);
            if (result < 0)
            {
                throw new HostException("sendmsg", (int)-result);
            }
        }
    }

    /// <summary>Waits for a message of that type.</summary>
    /// <exception cref="HostException">The other end is gone.</exception>
    public T Receive<T>()
        where T : unmanaged
    {
        T value;
        long got;
        do
        {
            got = HostIo.Read(descriptor, new HostRange((nint)(&value), sizeof(T)));
        }
        while (got == -Errno.EINTR);
        return got == sizeof(T) ? value : throw new HostException(got < 0 ? $"read from a socket: {Errno.Name((int)-got)}" : "read from a socket: the other end is gone");
    }

    public void Dispose()
    {
        int fd = Interlocked.Exchange(ref descriptor, -1);
        if (fd >= 0)
        {
            HostIo.Close(fd);
        }
    }
}
