using UniBench.Monitor.Families;

namespace UniBench.Monitor.Files;

/// <summary>A file that no mount has: what every program expects in /dev, /proc and /sys.</summary>
internal abstract record SpecialFile
{
    /// <summary>Permission bits.</summary>
    public uint Mode { get; init; } = 0x124; // r--r--r--

    /// <summary>User and group.</summary>
    public (uint User, uint Group) Owner { get; init; }

    /// <summary>What stat(2) says; what a read gives may be more.</summary>
    public long Size { get; init; }

    /// <summary>It is there, and does not open for who looks.</summary>
    public bool IsRefused { get; init; }

    /// <summary>A device of the host that is harmless to everybody.</summary>
    public sealed record Device(string HostPath) : SpecialFile;

    /// <summary>The terminal that controls the process, or that the family was started on, by its own name.</summary>
    public sealed record Terminal(string HostPath) : SpecialFile;

    /// <summary>What makes a new pseudo-terminal, each time that it is opened.</summary>
    public sealed record Multiplexer(string HostPath) : SpecialFile;

    /// <summary>The other end of one, where programs run.</summary>
    public sealed record Pseudo(PseudoTerminal Pair) : SpecialFile;

    /// <summary>Text made when it is read from its beginning.</summary>
    /// <param name="Content">Null: reading it is EINVAL.</param>
    public sealed record Text(Func<string>? Content) : SpecialFile
    {
        /// <summary>Takes what is written: 0 or errno; null where nothing can be.</summary>
        public Func<string, int>? Write { get; init; }
    }

    /// <summary>Bytes at offsets, as many as there are up to the length of the span.</summary>
    public sealed record Window(WindowReader Read) : SpecialFile;

    public delegate int WindowReader(long offset, Span<byte> to);

    /// <summary>A file of the host that tells about the machine, read as it is.</summary>
    public sealed record HostText(string HostPath) : SpecialFile;

    public sealed record Link(string Target) : SpecialFile;

    /// <summary>/proc/self/exe of a first program: it shows a path, but leads to the program itself, which may lie beneath no mount.</summary>
    public sealed record Program(string HostPath) : SpecialFile;

    /// <summary>/proc/PID/fd/N: it shows a name, but leads to what is open, which may have none.</summary>
    public sealed record Descriptor(OpenDescriptor Open) : SpecialFile;

    /// <param name="List">Names, when it is read from its beginning.</param>
    /// <param name="Find">What a name stands for; null for none.</param>
    public sealed record Directory(Func<IEnumerable<string>> List, Func<string, SpecialFile?> Find) : SpecialFile
    {
        /// <summary>What a path from here on leads to, where no link is on the way.</summary>
        public SpecialFile? At(ReadOnlySpan<char> path)
        {
            SpecialFile? file = this;
            foreach (Range part in path.Split('/'))
            {
                if (path[part].Length > 0)
                {
                    file = (file as Directory)?.Find(path[part].ToString());
                }
            }

            return file;
        }
    }
}
