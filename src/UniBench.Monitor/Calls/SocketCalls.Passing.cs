using System.Runtime.InteropServices;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Processes;
using UniBench.Monitor.Segments;
using UniBench.Monitor.Sockets;

namespace UniBench.Monitor.Calls;

/// <summary>SCM_RIGHTS and SCM_CREDENTIALS: what messages carry beside their bytes, by their place in the stream.</summary>
internal sealed partial class SocketCalls
{

    /// <summary>Part of sendmsg(2): the bytes from one place to another, written next, carry what is in the bounce buffer.</summary>
    /// <param name="cuts">They were written, but only to there.</param>
    public long Pass(Socket socket, ulong start, ulong end, bool cuts)
    {
        if (socket.Connection is not { } connection)
        {
            return -Errno.ENOTCONN;
        }

        PassageQueue queue = connection.Coming(1 - socket.End);
        if (cuts)
        {
            Lose(queue.Cut(start, end));
            return 0;
        }

        PassedHead head = MemoryMarshal.Read<PassedHead>(Vm.Bounce.Span);
        if (head.Count > GuestLayout.PassedMost)
        {
            return -Errno.EINVAL;
        }

        PeerIdentity said = new(head.Pid, head.User, head.Group);
        if (head.Sender == GuestLayout.SenderSaid && !MayBe(said))
        {
            return -Errno.EPERM;
        }

        PassedFile[] files = new PassedFile[head.Count];
        Passage passage = new(Process.Files.Open.All, start, files, head.Sender switch { GuestLayout.SenderSaid => said, GuestLayout.SenderSelf => RealSelf, _ => null }) { End = end };
        for (int i = 0; i < files.Length; i++)
        {
            Passed wanted = MemoryMarshal.Read<Passed>(Vm.Bounce.Span[(Marshal.SizeOf<PassedHead>() + (i * Marshal.SizeOf<Passed>()))..]);
            if (Carry(passage, wanted) is not { } file)
            {
                Lose(passage, files.AsSpan(0, i));
                return -Errno.EBADF;
            }

            files[i] = file;
        }

        if (queue.TryAdd(passage))
        {
            return 0;
        }

        Lose(passage);
        return -Errno.ETOOMANYREFS;
    }

    /// <summary>Part of recvmsg(2): what came with the bytes that were read, of which the last was before tail.</summary>
    /// <param name="room">For so many descriptors.</param>
    /// <returns>1: it is in the bounce buffer; 0: nothing came.</returns>
    public long TakePassed(Socket socket, ulong tail, long room, bool stays)
    {
        if (socket.Connection is not { } connection)
        {
            return -Errno.ENOTCONN;
        }

        (Passage? passage, PassedFile[] files, _) = connection.Coming(socket.End).Take(tail, stays);
        if (passage is null)
        {
            return 0;
        }

        Span<byte> bounce = Vm.Bounce.Span;
        int given = 0;
        while (given < files.Length && given < room && Give(passage, files[given]) is { } there)
        {
            MemoryMarshal.Write(bounce[(Marshal.SizeOf<PassedHead>() + (given++ * Marshal.SizeOf<Passed>()))..], there);
        }

        PeerIdentity sender = passage.Sender ?? default;
        MemoryMarshal.Write(bounce, new PassedHead
        {
            Count = (uint)given,
            Lost = (uint)(files.Length - given),
            Sender = passage.Sender is null ? 0 : GuestLayout.SenderSaid,
            Pid = sender.Pid,
            User = sender.User,
            Group = sender.Group,
        });
        if (!stays)
        {
            Lose(passage, files);
        }

        return 1;
    }

    /// <summary>What was on its way to a socket that is closed goes, too.</summary>
    public void LoseAbandoned()
    {
        while (true)
        {
            Passage? lost;
            lock (Names.Gate)
            {
                Names.Abandoned.TryDequeue(out lost);
            }

            if (lost is null)
            {
                return;
            }

            Lose(lost);
        }
    }

    private PeerIdentity RealSelf => new(Pid, Credentials.Users.Real, Credentials.Groups.Real);

    private bool MayBe(PeerIdentity said) =>
        (said.Pid == Pid || Credentials.Has(Capability.SysAdmin))
        && (Credentials.Users is var users && (said.User == users.Real || said.User == users.Effective || said.User == users.Saved || Credentials.Has(Capability.SetUid)))
        && (Credentials.Groups is var groups && (said.Group == groups.Real || said.Group == groups.Effective || said.Group == groups.Saved || Credentials.Has(Capability.SetGid)));

    private PassedFile? Carry(Passage passage, Passed wanted)
    {
        PassedFile file = new((DescriptorKind)wanted.Kind, wanted.Handle, null, wanted.Mask);
        switch (file.Kind)
        {
            case DescriptorKind.Host or DescriptorKind.Socket when Process.Files.Held(wanted.Handle) is { } open && (open.Socket is not null) == (file.Kind == DescriptorKind.Socket):
                if (!passage.From.IsStandard(wanted.Handle))
                {
                    passage.From.Hold([(int)wanted.Handle]);
                }

                if (open.Socket is { } socket)
                {
                    lock (Names.Gate)
                    {
                        Share(open, socket);
                    }
                }

                return file;
            case DescriptorKind.PipeRead or DescriptorKind.PipeWrite or DescriptorKind.PipeBoth when Vm.Window.At(wanted.Slot) is Ring ring:
                lock (ring.Gate)
                {
                    if ((ring.EndsOf(Process) & file.Ends) != file.Ends)
                    {
                        return null;
                    }

                    ring.Share();
                    ring.Hold(passage, file.Ends);
                }

                return file with { Ring = ring };
            case DescriptorKind.Signal:
                return file;
            default:
                return null;
        }
    }

    private Passed? Give(Passage passage, PassedFile file)
    {
        Passed given = new() { Kind = (uint)file.Kind, Slot = GuestLayout.SocketNoSlot, Handle = file.Handle, Mask = file.Mask };
        if (file.IsFile)
        {
            if (passage.From != Process.Files.Open.All || !Process.Files.Open.TryShare((int)file.Handle))
            {
                return null;
            }

            given.Bits = (uint)(Process.Files.Held(file.Handle)?.OpenBits ?? 0);
        }
        else if (file.Ring is { } ring)
        {
            long slot = Process.Segments.HoldRing(ring, file.Ends);
            if (slot < 0)
            {
                return null;
            }

            given.Slot = (uint)slot;
        }

        return given;
    }

    private void Lose(Passage? passage)
    {
        if (passage is not null)
        {
            Lose(passage, passage.Files);
        }
    }

    /// <summary>A message that was taken, or never will be, carries that no more.</summary>
    private void Lose(Passage passage, ReadOnlySpan<PassedFile> files)
    {
        foreach (PassedFile file in files)
        {
            if (file.Ring is { } ring)
            {
                Names.Release(ring, passage);
            }
            else if (file.IsFile && !passage.From.IsStandard(file.Handle))
            {
                Process.Files.Open.LetGo(passage.From, (int)file.Handle);
            }
        }
    }
}
