using System.Buffers.Binary;
using System.Text;

namespace UniBench.Monitor.Loading;

/// <summary>An x86-64 ELF executable: what Linux' loader would look at, checked more strictly than Linux does.</summary>
internal sealed class ElfFile
{
    private const uint LoadType = 1;
    private const uint InterpreterType = 3;
    private const ulong Page = 4096;

    // Linux keeps the last page of the lower half of the address space free, and so do we. Adding a load bias to an
    // address below it cannot wrap around.
    private const ulong AddressSpaceEnd = 0x7fff_ffff_f000;
    private readonly Lazy<ElfSymbols> symbols;

    private ElfFile(ReadOnlyMemory<byte> file, ElfHeader header, IReadOnlyList<ElfSegment> segments)
    {
        Segments = segments;
        Entry = header.Entry;
        IsPositionIndependent = header.IsPositionIndependent;
        ProgramHeaderCount = header.ProgramHeaderCount;
        Sections = ElfSections.Read(file, header);
        symbols = new(() => ElfSymbols.Read(Sections));
    }

    /// <summary>The PT_LOAD segments in order of their addresses; they do not overlap.</summary>
    public IReadOnlyList<ElfSegment> Segments { get; }

    /// <summary>Empty where the file has no section table or a damaged one: Linux runs such programs too.</summary>
    public ElfSections Sections { get; }

    public ulong Entry { get; }

    public bool IsPositionIndependent { get; }

    /// <summary>Where the program headers are in memory (AT_PHDR); 0 if no segment has them.</summary>
    public ulong ProgramHeadersAddress { get; private init; }

    public int ProgramHeaderCount { get; }

    /// <summary>The dynamic linker the program asks for; null for a static program.</summary>
    public string? Interpreter { get; private init; }

    public ElfSymbols Symbols => symbols.Value;

    /// <exception cref="ElfException">The file is damaged, or is for another machine.</exception>
    public static ElfFile Parse(ReadOnlyMemory<byte> file)
    {
        ElfFile elf = ParseObject(file);
        return elf.Segments.Any(s => s.IsExecutable && s.Contains(elf.Entry))
            ? elf
            : throw new ElfException($"entry 0x{elf.Entry:x} is in no executable segment");
    }

    /// <summary>The same for a shared library, which need not have an entry.</summary>
    /// <exception cref="ElfException">The file is damaged, or is for another machine.</exception>
    public static ElfFile ParseObject(ReadOnlyMemory<byte> file)
    {
        ElfHeader header = ElfHeader.Parse(file.Span);
        ulong tableSize = (ulong)header.ProgramHeaderCount * ElfHeader.ProgramHeaderSize;
        if (!Fits(file, header.ProgramHeaderOffset, tableSize))
        {
            throw new ElfException(
                $"program headers are truncated: {header.ProgramHeaderCount} at offset 0x{header.ProgramHeaderOffset:x}, the file has {file.Length} bytes");
        }

        List<ElfSegment> segments = [];
        ulong headersAddress = 0;
        string? interpreter = null;
        for (int i = 0; i < header.ProgramHeaderCount; i++)
        {
            ReadOnlySpan<byte> bytes = file.Span.Slice((int)header.ProgramHeaderOffset + (i * ElfHeader.ProgramHeaderSize), ElfHeader.ProgramHeaderSize);
            ProgramHeader entry = new(i, bytes);
            if (entry.Type == InterpreterType)
            {
                interpreter = ReadInterpreter(file, entry);
            }

            if (entry.Type == LoadType && ReadSegment(file, entry) is { } segment)
            {
                segments.Add(segment);
                if (entry.Offset <= header.ProgramHeaderOffset && header.ProgramHeaderOffset + tableSize <= entry.Offset + entry.FileSize)
                {
                    headersAddress = entry.Address + (header.ProgramHeaderOffset - entry.Offset);
                }
            }
        }

        segments.Sort((a, b) => a.VirtualAddress.CompareTo(b.VirtualAddress));
        CheckLayout(segments);
        return new ElfFile(file, header, segments) { ProgramHeadersAddress = headersAddress, Interpreter = interpreter };
    }

    /// <summary>Where the byte at an address lies in the file; null if no segment has it.</summary>
    public long? FileOffset(ulong address) =>
        Segments.FirstOrDefault(s => address >= s.VirtualAddress && address - s.VirtualAddress < (ulong)s.FileBytes.Length) is { } segment
            ? segment.FileOffset + (long)(address - segment.VirtualAddress)
            : null;

    /// <summary>The executable segments: offset in the file, length, address; from the start of their first page.</summary>
    public IReadOnlyList<(long FileOffset, long Length, ulong Address)> CodeOffsets() =>
    [
        .. Segments.Where(s => s.IsExecutable).Select(s => (s.FileOffset & ~4095L, (s.FileOffset & 4095L) + s.FileBytes.Length, s.VirtualAddress & ~4095UL)),
    ];

    /// <summary>The function an address of the file is in, as "main+0x1c"; null if no symbol is known there.</summary>
    public string? Symbolize(ulong address) => Symbols.Describe(address);

    private static ElfSegment? ReadSegment(ReadOnlyMemory<byte> file, in ProgramHeader entry)
    {
        if (entry.MemorySize < entry.FileSize)
        {
            throw new ElfException($"{entry}: 0x{entry.FileSize:x} bytes in the file, but only 0x{entry.MemorySize:x} in memory");
        }

        if (!Fits(file, entry.Offset, entry.FileSize))
        {
            throw new ElfException($"{entry} is truncated: it ends at offset 0x{entry.Offset:x} + 0x{entry.FileSize:x}, the file has 0x{file.Length:x} bytes");
        }

        if (entry.Address > AddressSpaceEnd || entry.MemorySize > AddressSpaceEnd - entry.Address)
        {
            throw new ElfException($"{entry}: 0x{entry.MemorySize:x} bytes there reach past the end of the address space");
        }

        if (entry.FileSize > 0 && entry.Address % Page != entry.Offset % Page)
        {
            throw new ElfException($"{entry} is misaligned: its offset 0x{entry.Offset:x} and its address differ within the page");
        }

        return entry.MemorySize == 0 ? null : new ElfSegment(entry.Address, entry.MemorySize, file.Slice((int)entry.Offset, (int)entry.FileSize), entry.Flags) { FileOffset = (long)entry.Offset };
    }

    private static string ReadInterpreter(ReadOnlyMemory<byte> file, in ProgramHeader entry)
    {
        if (!Fits(file, entry.Offset, entry.FileSize))
        {
            throw new ElfException($"{entry} (interpreter) is truncated");
        }

        ReadOnlySpan<byte> text = file.Span.Slice((int)entry.Offset, (int)entry.FileSize);
        int end = text.IndexOf((byte)0);
        return end > 0 ? Encoding.UTF8.GetString(text[..end]) : throw new ElfException($"{entry} (interpreter) is not a string");
    }

    private static void CheckLayout(List<ElfSegment> segments)
    {
        if (segments.Count == 0)
        {
            throw new ElfException("has no segment to load (PT_LOAD)");
        }

        for (int i = 1; i < segments.Count; i++)
        {
            if (segments[i - 1].Contains(segments[i].VirtualAddress))
            {
                throw new ElfException($"segments at 0x{segments[i - 1].VirtualAddress:x} and 0x{segments[i].VirtualAddress:x} overlap");
            }
        }
    }

    private static bool Fits(ReadOnlyMemory<byte> file, ulong offset, ulong size) =>
        offset <= (ulong)file.Length && size <= (ulong)file.Length - offset;

    private readonly struct ProgramHeader(int index, ReadOnlySpan<byte> bytes)
    {
        public readonly uint Type = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        public readonly uint Flags = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        public readonly ulong Offset = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        public readonly ulong Address = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]);
        public readonly ulong FileSize = BinaryPrimitives.ReadUInt64LittleEndian(bytes[32..]);
        public readonly ulong MemorySize = BinaryPrimitives.ReadUInt64LittleEndian(bytes[40..]);

        public override string ToString() => $"segment {index} at 0x{Address:x}";
    }
}
