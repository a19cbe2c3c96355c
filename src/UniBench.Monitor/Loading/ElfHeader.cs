using System.Buffers.Binary;

namespace UniBench.Monitor.Loading;

/// <summary>The first 64 bytes of the file, checked: 64-bit, little-endian, x86-64, an executable.</summary>
internal sealed record ElfHeader
{
    public const int Size = 64;
    public const int ProgramHeaderSize = 56;
    private const int DynamicType = 3;

    public bool IsPositionIndependent { get; private init; }

    public ulong Entry { get; private init; }

    public ulong ProgramHeaderOffset { get; private init; }

    public int ProgramHeaderCount { get; private init; }

    public ulong SectionHeaderOffset { get; private init; }

    public int SectionHeaderSize { get; private init; }

    public int SectionHeaderCount { get; private init; }

    public static ElfHeader Parse(ReadOnlySpan<byte> file)
    {
        if (file.Length < 4 || !file[..4].SequenceEqual("\u007fELF"u8))
        {
            throw new ElfException(file.StartsWith("#!"u8) ? "is a script, not an ELF program" : "is not an ELF file");
        }

        if (file.Length < Size)
        {
            throw new ElfException($"ELF header is truncated: {file.Length} of {Size} bytes");
        }

        int machine = BinaryPrimitives.ReadUInt16LittleEndian(file[18..]);
        CheckIdentity(file, machine);
        int type = BinaryPrimitives.ReadUInt16LittleEndian(file[16..]);
        if (type is not (2 or DynamicType))
        {
            throw new ElfException(type switch
            {
                1 => "is an object file: link it",
                4 => "is a core dump, not a program",
                _ => $"ELF type {type} is not an executable",
            });
        }

        int size = BinaryPrimitives.ReadUInt16LittleEndian(file[54..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(file[56..]);
        if (count > 0 && size != ProgramHeaderSize)
        {
            throw new ElfException($"program headers are {size} bytes each, {ProgramHeaderSize} is right");
        }

        return new ElfHeader
        {
            IsPositionIndependent = type == DynamicType,
            Entry = BinaryPrimitives.ReadUInt64LittleEndian(file[24..]),
            ProgramHeaderOffset = BinaryPrimitives.ReadUInt64LittleEndian(file[32..]),
            ProgramHeaderCount = count,
            SectionHeaderOffset = BinaryPrimitives.ReadUInt64LittleEndian(file[40..]),
            SectionHeaderSize = BinaryPrimitives.ReadUInt16LittleEndian(file[58..]),
            SectionHeaderCount = BinaryPrimitives.ReadUInt16LittleEndian(file[60..]),
        };
    }

    private static void CheckIdentity(ReadOnlySpan<byte> file, int machine)
    {
        if (file[5] == 2)
        {
            throw new ElfException("is big-endian, x86-64 is little-endian");
        }

        if (file[4] == 1)
        {
            throw new ElfException($"is a 32-bit program ({MachineName(machine)}): build it for x86-64");
        }

        if (file[4] != 2 || file[5] != 1 || file[6] != 1)
        {
            throw new ElfException($"ELF identification is damaged: class {file[4]}, byte order {file[5]}, version {file[6]}");
        }

        if (machine != 62)
        {
            throw new ElfException($"is for {MachineName(machine)}, not for x86-64");
        }

        // Linux does not look at it, but a program for another system would end in a puzzling crash.
        if (file[7] is not (0 or 3))
        {
            throw new ElfException($"is for another operating system (OS ABI {file[7]}), not for Linux");
        }
    }

    private static string MachineName(int machine) => machine switch
    {
        3 => "x86",
        8 => "MIPS",
        20 => "PowerPC",
        21 => "PowerPC 64",
        22 => "S/390",
        40 => "ARM",
        43 => "SPARC V9",
        62 => "x86-64",
        183 => "AArch64",
        243 => "RISC-V",
        258 => "LoongArch",
        _ => $"machine {machine}",
    };
}
