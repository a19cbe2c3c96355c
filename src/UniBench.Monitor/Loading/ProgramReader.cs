using System.Buffers.Binary;
using UniBench.Host;

namespace UniBench.Monitor.Loading;

/// <summary>Reads of a program file what loading needs: a file may claim any size and cost nobody anything on its disk.</summary>
internal static class ProgramReader
{
    /// <summary>Symbols and other things that are not loaded are read only up to here; without them crash reports name no functions.</summary>
    public const long MostBytes = 256 << 20;

    private const uint LoadType = 1;

    /// <param name="size">Of the file.</param>
    /// <param name="mostLoaded">Bytes of the file that may be loaded.</param>
    /// <exception cref="ElfException">It is no ELF program.</exception>
    /// <exception cref="ProgramSizeException">More is to be loaded than may be.</exception>
    public static byte[] Read(int descriptor, long size, long mostLoaded)
    {
        if (size <= MostBytes && size <= mostLoaded)
        {
            return HostIo.ReadAll(descriptor, size);
        }

        byte[] start = HostIo.ReadAll(descriptor, Math.Min(size, ElfHeader.Size));
        ElfHeader header = ElfHeader.Parse(start);
        long tableEnd = EndOf(header.ProgramHeaderOffset, (ulong)header.ProgramHeaderCount * ElfHeader.ProgramHeaderSize);
        if (tableEnd > Math.Min(size, mostLoaded))
        {
            throw new ElfException($"program headers are truncated or too far behind: {header.ProgramHeaderCount} at offset 0x{header.ProgramHeaderOffset:x}, the file has {size} bytes");
        }

        ReadOnlySpan<byte> table = HostIo.ReadAll(descriptor, tableEnd).AsSpan((int)Math.Min((long)header.ProgramHeaderOffset, tableEnd));
        long end = tableEnd;
        for (; table.Length >= ElfHeader.ProgramHeaderSize; table = table[ElfHeader.ProgramHeaderSize..])
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(table) == LoadType)
            {
                end = Math.Max(end, EndOf(BinaryPrimitives.ReadUInt64LittleEndian(table[8..]), BinaryPrimitives.ReadUInt64LittleEndian(table[32..])));
            }
        }

        return end <= mostLoaded
            ? HostIo.ReadAll(descriptor, Math.Min(size, Math.Max(end, Math.Min(MostBytes, mostLoaded))))
            : throw new ProgramSizeException($"its segments lie in the first {end >> 20} MB of the file, and a program of at most {mostLoaded >> 20} MB fits the memory limit (--memory)");
    }

    private static long EndOf(ulong offset, ulong length) =>
        offset <= long.MaxValue && length <= long.MaxValue - offset ? (long)(offset + length) : long.MaxValue;
}
