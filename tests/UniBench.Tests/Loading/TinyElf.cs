using System.Buffers.Binary;

namespace UniBench.Tests.Loading;

/// <summary>The smallest program that loads: one segment with one page of int3 at 0x401000; tests damage it.</summary>
internal static class TinyElf
{
    public const ulong CodeAddress = 0x401000;
    public const int HeaderTable = 64;
    public const int HeaderSize = 56;

    public static byte[] Make(int segments = 1)
    {
        byte[] file = new byte[0x1000 * (segments + 1)];
        new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1 }.CopyTo(file, 0);
        Put16(file, 16, 2);
        Put16(file, 18, 62);
        Put32(file, 20, 1);
        Put64(file, 24, CodeAddress);
        Put64(file, 32, HeaderTable);
        Put16(file, 52, 64);
        Put16(file, 54, HeaderSize);
        Put16(file, 56, (ushort)segments);
        for (int i = 0; i < segments; i++)
        {
            int header = HeaderTable + (i * HeaderSize);
            ulong offset = 0x1000UL * (ulong)(i + 1);
            Put32(file, header, 1);
            Put32(file, header + 4, i == 0 ? 5u : 6u);
            Put64(file, header + 8, offset);
            Put64(file, header + 16, 0x400000 + offset);
            Put64(file, header + 32, 0x1000);
            Put64(file, header + 40, 0x1000);
            file.AsSpan((int)offset, 0x1000).Fill(0xcc);
        }

        return file;
    }

    public static void Put16(byte[] file, int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), value);

    public static void Put32(byte[] file, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), value);

    public static void Put64(byte[] file, int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(at), value);
}
