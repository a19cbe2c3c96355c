using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Segments;

namespace UniBench.Monitor.Families;

/// <summary>A number in a process's descriptor table, as its library OS has it. What it leads to is looked for when it is needed: it may be closed by then.</summary>
internal sealed record OpenDescriptor(GuestProcess Holder, int Number, DescriptorEntry Entry)
{
    private const int Write = 1;
    private const uint ReadBits = 0x140, WriteBits = 0xc0; // and x, as Linux shows them

    public DescriptorKind Kind => (DescriptorKind)Entry.Kind;

    public bool IsPipe => Kind is DescriptorKind.PipeRead or DescriptorKind.PipeWrite or DescriptorKind.PipeBoth;

    /// <summary>The ring of a pipe's end; null where the holder has none there.</summary>
    public Ring? Ring
    {
        get
        {
            if (!IsPipe || Holder.Vm.Window.At(Entry.Slot) is not Ring ring)
            {
                return null;
            }

            lock (ring.Gate)
            {
                return ring.EndsOf(Holder) != 0 ? ring : null;
            }
        }
    }

    /// <summary>O_RDONLY, O_WRONLY or O_RDWR.</summary>
    public int Access => Kind switch
    {
        DescriptorKind.PipeRead => 0,
        DescriptorKind.PipeWrite => Write,
        DescriptorKind.Host => Holder.Files.Open.Lend(Entry.Handle, f => f.Flags & OpenFlags.Accmode, 0),
        _ => 2,
    };

    /// <summary>Permission bits of the link in /proc/PID/fd: what it is open for.</summary>
    public uint LinkMode => Access switch { 0 => ReadBits, Write => WriteBits, _ => ReadBits | WriteBits };

    /// <summary>Where the link seems to lead, a char for each byte.</summary>
    public string Name => Kind switch
    {
        DescriptorKind.Host or DescriptorKind.Socket => Holder.Files.Open.Lend(Entry.Handle, f => f.Name, string.Empty),
        DescriptorKind.Epoll => "anon_inode:[eventpoll]",
        DescriptorKind.Signal => "anon_inode:[signalfd]",
        _ => FormattableString.Invariant($"pipe:[{Ring?.Id ?? 0}]"),
    };

    /// <summary>The directory that it is, in the guest's tree; null if it is none that has a name.</summary>
    public string? Directory => Kind == DescriptorKind.Host ? Holder.Files.Open.Lend(Entry.Handle, f => f.Entry.IsDirectory ? f.Path : null, null) : null;
}
