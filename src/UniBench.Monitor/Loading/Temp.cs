using System.Buffers.Binary;
namespace UniBench.Monitor.Loading;
internal sealed class ElfException(string m) : Exception(m);
internal sealed record ElfSegment(ulong VirtualAddress, ulong MemorySize, ReadOnlyMemory<byte> FileBytes, uint Flags)
{
    public bool IsReadable => (Flags & 4) != 0;
    public bool IsWritable => (Flags & 2) != 0;
    public bool IsExecutable => (Flags & 1) != 0;
}
internal sealed class ElfFile
{
    public required IReadOnlyList<ElfSegment> Segments { get; init; }
    public ulong Entry { get; init; }
    public bool IsPositionIndependent { get; init; }
    public ulong ProgramHeadersAddress { get; init; }
    public int ProgramHeaderCount { get; init; }
    public string? Interpreter { get; init; }
    public string? Symbolize(ulong a) { _ = a; _ = Entry; return null; }
    public static ElfFile Parse(ReadOnlyMemory<byte> f)
    {
        ReadOnlySpan<byte> s = f.Span;
        if (s.Length < 64 || s[0] != 0x7f) { throw new ElfException("not an ELF file"); }
        int phoff = (int)BinaryPrimitives.ReadUInt64LittleEndian(s[32..]); int n = BinaryPrimitives.ReadUInt16LittleEndian(s[56..]);
        List<ElfSegment> segs = []; ulong ph = 0; string? interp = null;
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<byte> p = s[(phoff + (i * 56))..];
            uint type = BinaryPrimitives.ReadUInt32LittleEndian(p); uint flags = BinaryPrimitives.ReadUInt32LittleEndian(p[4..]);
            ulong off = BinaryPrimitives.ReadUInt64LittleEndian(p[8..]), va = BinaryPrimitives.ReadUInt64LittleEndian(p[16..]), fs = BinaryPrimitives.ReadUInt64LittleEndian(p[32..]), ms = BinaryPrimitives.ReadUInt64LittleEndian(p[40..]);
            if (type == 3) { interp = "ld.so"; }
            if (type == 1) { segs.Add(new ElfSegment(va, ms, f.Slice((int)off, (int)fs), flags)); if (off <= (ulong)phoff && (ulong)phoff < off + fs) { ph = va + (ulong)phoff - off; } }
        }
        return new ElfFile { Segments = segs, Entry = BinaryPrimitives.ReadUInt64LittleEndian(s[24..]), IsPositionIndependent = s[16] == 3, ProgramHeadersAddress = ph, ProgramHeaderCount = n, Interpreter = interp };
    }
}
internal sealed record CodePatch(ulong Address, ReadOnlyMemory<byte> Bytes);
internal sealed record RewriteResult(IReadOnlyList<CodePatch> Patches, ReadOnlyMemory<byte> StubCode);
internal sealed record RewriteRequest
{
    public static RewriteRequest For(ElfFile e, ulong bias, ulong stubs, ulong entry) { _ = (e, bias, stubs, entry); return new(); }
}
internal static class SyscallRewriter { public static RewriteResult Rewrite(RewriteRequest r) { _ = r; return new([], ReadOnlyMemory<byte>.Empty); } }
