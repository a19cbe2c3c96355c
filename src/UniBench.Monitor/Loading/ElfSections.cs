using System.Buffers.Binary;

namespace UniBench.Monitor.Loading;

/// <summary>
/// The section table: where the instructions and the symbols are. Loading does not depend on it; a table that is
/// missing or damaged counts as empty, which costs symbols in crash reports and nothing else.
/// </summary>
internal sealed class ElfSections
{
    private const uint SymbolTable = 2;
    private const uint NoBits = 8;
    private const uint DynamicSymbolTable = 11;
    private const ulong Allocated = 2;
    private const ulong Instructions = 4;
    private const int HeaderSize = 64;

    private ElfSections(IReadOnlyList<CodeRegion> code, ReadOnlyMemory<byte> symbols, ReadOnlyMemory<byte> names)
    {
        Code = code;
        SymbolBytes = symbols;
        SymbolNames = names;
    }

    /// <summary>The sections with instructions, in order of their addresses (the file's own).</summary>
    public IReadOnlyList<CodeRegion> Code { get; }

    public ReadOnlyMemory<byte> SymbolBytes { get; }

    public ReadOnlyMemory<byte> SymbolNames { get; }

    public static ElfSections Read(ReadOnlyMemory<byte> file, ElfHeader header)
    {
        List<CodeRegion> code = [];
        ReadOnlyMemory<byte> symbols = default, names = default;
        List<Section>? sections = ReadTable(file.Span, header);
        foreach (Section section in sections ?? [])
        {
            if (section.Type != NoBits && !Fits(file.Length, section.Offset, section.Size))
            {
                return new ElfSections([], default, default);
            }

            if ((section.Flags & (Allocated | Instructions)) == (Allocated | Instructions) && section.Type != NoBits && section.Size > 0)
            {
                code.Add(new CodeRegion(section.Address, section.Bytes(file)));
            }

            bool isSymbols = section.Type == SymbolTable || (section.Type == DynamicSymbolTable && symbols.IsEmpty);
            if (isSymbols && section.Link < sections!.Count && Fits(file.Length, sections[section.Link].Offset, sections[section.Link].Size))
            {
                symbols = section.Bytes(file);
                names = sections[section.Link].Bytes(file);
            }
        }

        code.Sort((a, b) => a.Address.CompareTo(b.Address));
        return new ElfSections(code, symbols, names);
    }

    private static List<Section>? ReadTable(ReadOnlySpan<byte> file, ElfHeader header)
    {
        if (header.SectionHeaderSize != HeaderSize || !Fits(file.Length, header.SectionHeaderOffset, (ulong)header.SectionHeaderCount * HeaderSize))
        {
            return null;
        }

        List<Section> sections = [];
        for (int i = 0; i < header.SectionHeaderCount; i++)
        {
            sections.Add(new Section(file.Slice((int)header.SectionHeaderOffset + (i * HeaderSize), HeaderSize)));
        }

        return sections;
    }

    private static bool Fits(int length, ulong offset, ulong size) => offset <= (ulong)length && size <= (ulong)length - offset;

    private readonly struct Section(ReadOnlySpan<byte> bytes)
    {
        public readonly uint Type = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        public readonly ulong Flags = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        public readonly ulong Address = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]);
        public readonly ulong Offset = BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]);
        public readonly ulong Size = BinaryPrimitives.ReadUInt64LittleEndian(bytes[32..]);
        public readonly int Link = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(bytes[40..]), int.MaxValue);

        public ReadOnlyMemory<byte> Bytes(ReadOnlyMemory<byte> file) => file.Slice((int)Offset, (int)Size);
    }
}
