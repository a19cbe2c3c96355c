using NUnit.Framework;
using UniBench.Monitor.Loading;
using static UniBench.Tests.Loading.TinyElf;

namespace UniBench.Tests.Loading;

internal sealed class ElfFileTests
{
    private const int First = HeaderTable;
    private const int Second = HeaderTable + HeaderSize;

    [Test]
    public void A_sound_file_gives_its_segments_in_order_of_their_addresses()
    {
        byte[] file = Make(segments: 2);
        Put64(file, Second + 40, 0x3000);
        Put64(file, Second + 16, 0x300000);
        ElfFile elf = ElfFile.Parse(file);
        Assert.Multiple(() =>
        {
            Assert.That(elf.Segments.Select(s => s.VirtualAddress), Is.EqualTo(new ulong[] { 0x300000, CodeAddress }));
            Assert.That(elf.Segments[0].MemorySize, Is.EqualTo(0x3000));
            Assert.That(elf.Segments[0].FileBytes.Length, Is.EqualTo(0x1000));
            Assert.That(elf.Segments[0].IsWritable && !elf.Segments[0].IsExecutable);
            Assert.That(elf.Segments[1].IsExecutable && elf.Segments[1].IsReadable && !elf.Segments[1].IsWritable);
            Assert.That(elf.Entry, Is.EqualTo(CodeAddress));
            Assert.That(elf.IsPositionIndependent, Is.False);
            Assert.That(elf.Interpreter, Is.Null);
            Assert.That(elf.Symbolize(CodeAddress), Is.Null);
        });
    }

    [Test]
    public void Program_headers_are_found_in_the_segment_that_has_them()
    {
        byte[] file = Make(segments: 2);
        Assert.That(ElfFile.Parse(file).ProgramHeadersAddress, Is.Zero, "no segment has them");
        Put64(file, Second + 8, 0);
        Assert.That(ElfFile.Parse(file).ProgramHeadersAddress, Is.EqualTo(0x402000 + HeaderTable));
    }

    [Test]
    public void The_interpreter_is_the_string_the_file_names()
    {
        byte[] file = Make(segments: 2);
        Put32(file, Second, 3);
        "/lib64/ld-linux-x86-64.so.2\0"u8.CopyTo(file.AsSpan(0x2000));
        Assert.That(ElfFile.Parse(file).Interpreter, Is.EqualTo("/lib64/ld-linux-x86-64.so.2"));
    }

    [Test]
    public void A_segment_may_reach_to_the_end_of_what_a_program_can_address()
    {
        byte[] file = Make(segments: 2);
        Put64(file, Second + 16, 0x7fffffffe000);
        Assert.That(ElfFile.Parse(file).Segments[1].VirtualAddress, Is.EqualTo(0x7fffffffe000));
    }

    private static IEnumerable<TestCaseData> Damages()
    {
        yield return Damage("is not an ELF file", f => f[0] = 0);
        yield return Damage("is a script", f => "#!/bin/sh\n"u8.CopyTo(f));
        yield return Damage("is a 32-bit program (x86)", f => { f[4] = 1; Put16(f, 18, 3); });
        yield return Damage("is big-endian", f => f[5] = 2);
        yield return Damage("identification is damaged", f => f[4] = 9);
        yield return Damage("another operating system (OS ABI 9)", f => f[7] = 9);
        yield return Damage("is for AArch64, not for x86-64", f => Put16(f, 18, 183));
        yield return Damage("is for machine 4711", f => Put16(f, 18, 4711));
        yield return Damage("is an object file", f => Put16(f, 16, 1));
        yield return Damage("is a core dump", f => Put16(f, 16, 4));
        yield return Damage("program headers are 32 bytes each", f => Put16(f, 54, 32));
        yield return Damage("program headers are truncated", f => Put16(f, 56, 65000));
        yield return Damage("program headers are truncated", f => Put64(f, 32, ulong.MaxValue - 8));
        yield return Damage("no segment to load", f => Put32(f, First, 4), 1);
        yield return Damage("no segment to load", f => Put16(f, 56, 0));
        yield return Damage("segment 1 at 0x402000: 0x1000 bytes in the file, but only 0xfff in memory", f => Put64(f, Second + 40, 0xfff));
        yield return Damage("segment 1 at 0x402000 is truncated", f => Put64(f, Second + 8, 0x3000));
        yield return Damage("segment 1 at 0x402000 is truncated", f => Put64(f, Second + 8, ulong.MaxValue - 0xfff));
        yield return Damage("segment 1 at 0xfffffffffffff000: 0x1000 bytes there reach past the end", f => Put64(f, Second + 16, 0xfffffffffffff000));
        yield return Damage("reach past the end", f => Put64(f, Second + 40, ulong.MaxValue));
        yield return Damage("segment 1 at 0xffffffffffffd000: 0x1000 bytes there reach past the end", f => Put64(f, Second + 16, 0xffffffffffffd000));
        yield return Damage("segment 1 at 0x7fffffffe000: 0x1001 bytes there reach past the end", f => { Put64(f, Second + 16, 0x7fffffffe000); Put64(f, Second + 40, 0x1001); });
        yield return Damage("segment 1 at 0x402008 is misaligned", f => Put64(f, Second + 16, 0x402008));
        yield return Damage("segments at 0x401000 and 0x402000 overlap", f => Put64(f, First + 40, 0x1001));
        yield return Damage("entry 0x402000 is in no executable segment", f => Put64(f, 24, 0x402000));
        yield return Damage("(interpreter) is not a string", f => Put32(f, Second, 3), fill: 0x41);
        yield return Damage("(interpreter) is truncated", f => { Put32(f, Second, 3); Put64(f, Second + 32, 1UL << 40); });
    }

    [TestCaseSource(nameof(Damages))]
    public void Damage_is_refused_with_its_name(byte[] file, string message) =>
        Assert.That(() => ElfFile.Parse(file), Throws.TypeOf<ElfException>().With.Message.Contains(message));

    [TestCase(0, "is not an ELF file")]
    [TestCase(3, "is not an ELF file")]
    [TestCase(63, "ELF header is truncated: 63 of 64 bytes")]
    [TestCase(100, "program headers are truncated")]
    [TestCase(0x1fff, "segment 0 at 0x401000 is truncated")]
    public void A_file_that_ends_early_is_refused(int length, string message) =>
        Assert.That(() => ElfFile.Parse(Make().AsMemory(0, length)), Throws.TypeOf<ElfException>().With.Message.Contains(message));

    private static TestCaseData Damage(string message, Action<byte[]> damage, int segments = 2, byte fill = 0xcc)
    {
        byte[] file = Make(segments);
        file.AsSpan(0x1000).Fill(fill);
        damage(file);
        return new TestCaseData(file, message);
    }
}
