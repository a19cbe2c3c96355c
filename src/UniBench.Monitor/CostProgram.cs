using System.Buffers.Binary;

namespace UniBench.Monitor;

/// <summary>A program of a few bytes that makes one system call over and over, made here so that no file has to be shipped for it.</summary>
internal static class CostProgram
{
    private const int HeaderBytes = 64 + 56;
    private const ulong Base = 0x400000;

    /// <summary>A static ELF file: that many calls of one system call, then exit 0.</summary>
    public static byte[] Build(int call, int count)
    {
        List<byte> code = [0xbb, .. Word(count)]; // mov ebx, count
        int loop = code.Count;
        code.AddRange([0xb8, .. Word(call), 0x0f, 0x05]); // mov eax, call; syscall
        code.AddRange([0xff, 0xcb, 0x75, (byte)(loop - (code.Count + 4))]); // dec ebx; jnz loop
        code.AddRange([0x31, 0xff, 0xb8, .. Word(231), 0x0f, 0x05, 0x90, 0x90, 0x90]); // xor edi, edi; exit_group
        byte[] file = new byte[HeaderBytes + code.Count];
        ReadOnlySpan<byte> identity = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];
        identity.CopyTo(file);
        Put16(16, 2); // ET_EXEC
        Put16(18, 62); // x86-64
        Put16(20, 1);
        Put64(24, Base + HeaderBytes); // entry
        Put64(32, 64); // program headers
        Put16(52, 64);
        Put16(54, 56);
        Put16(56, 1);
        Put16(64, 1); // PT_LOAD
        Put16(68, 5); // readable, executable
        Put64(80, Base);
        Put64(88, Base);
        Put64(96, (ulong)file.Length);
        Put64(104, (ulong)file.Length);
        Put64(112, 4096);
        code.CopyTo(file, HeaderBytes);
        return file;

        void Put16(int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), value);

        void Put64(int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(at), value);
    }

    private static byte[] Word(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
