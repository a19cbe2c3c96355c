using System.Buffers.Binary;
using Iced.Intel;
using UniBench.Monitor.Loading;
using static Iced.Intel.AssemblerRegisters;

namespace UniBench.Tests.Loading;

/// <summary>
/// A program whose detours lead to a few instructions that make the system call after all: Linux runs it, no VM needed,
/// and what it does shows whether rewriting changed its meaning.
/// </summary>
internal static class RewrittenLinuxFile
{
    private const int Page = 4096;
    private const uint Note = 4;
    private const uint GnuStack = 0x6474e551;

    /// <param name="path">A program that is not position independent: the stubs hold absolute addresses.</param>
    /// <param name="call">What the detours lead to; null: the system call.</param>
    public static byte[] Make(string path, Action<Assembler>? call = null)
    {
        byte[] file = RealPrograms.Read(path);
        ElfFile elf = ElfFile.Parse(file);
        ulong entry = PageUp(elf.Segments.Max(s => s.VirtualAddress + s.MemorySize));
        RewriteRequest request = RewriteRequest.For(elf, 0, entry + Page, entry);
        RewriteResult result = SyscallRewriter.Rewrite(request);
        foreach (CodePatch patch in result.Patches)
        {
            Write(file, elf, patch);
        }

        byte[] added = new byte[Page + result.StubCode.Length];
        Assemble(entry, call ?? (a => MakeCall(a, entry + (Page / 2)))).CopyTo(added, 0);
        result.StubCode.CopyTo(added.AsMemory(Page));
        int offset = (int)PageUp((ulong)file.Length);
        AddSegment(file, entry, offset, added.Length);
        byte[] whole = new byte[offset + added.Length];
        file.CopyTo(whole, 0);
        added.CopyTo(whole, offset);
        return whole;
    }

    /// <summary>
    /// Returns to rcx, and changes no other register or flag that `syscall` keeps. The address is kept on the stack, below
    /// the red zone; in a variable for calls that come back on another stack (clone, clone3) or share it with a child
    /// (vfork). rt_sigreturn wants the stack as it is and never comes back here. It must not touch the variable: the
    /// signal may have come between a clone and the read of it.
    /// </summary>
    private static void MakeCall(Assembler a, ulong saved)
    {
        Label other = a.CreateLabel(), final = a.CreateLabel();
        a.lea(rsp, __[rsp - 128]);
        a.pushfq();
        a.cmp(eax, 15);
        a.je(final);
        foreach (int number in new[] { 56, 58, 435 })
        {
            a.cmp(eax, number);
            a.je(other);
        }

        a.push(rcx);
        a.syscall();
        a.pop(rcx);
        a.popfq();
        a.lea(rsp, __[rsp + 128]);
        a.jmp(rcx);
        a.Label(ref other);
        a.popfq();
        a.lea(rsp, __[rsp + 128]);
        a.mov(__qword_ptr[saved], rcx);
        a.syscall();
        a.mov(rcx, __qword_ptr[saved]);
        a.jmp(rcx);
        a.Label(ref final);
        a.popfq();
        a.lea(rsp, __[rsp + 128]);
        a.syscall();
        a.ud2();
    }

    private static byte[] Assemble(ulong address, Action<Assembler> write)
    {
        Assembler assembler = new(64);
        write(assembler);
        using MemoryStream code = new();
        assembler.Assemble(new StreamCodeWriter(code), address);
        return code.ToArray();
    }

    private static void Write(byte[] file, ElfFile elf, CodePatch patch)
    {
        ElfSegment segment = elf.Segments.Single(s => s.Contains(patch.Address));
        if (!System.Runtime.InteropServices.MemoryMarshal.TryGetArray(segment.FileBytes, out ArraySegment<byte> bytes) || bytes.Array != file)
        {
            throw new InvalidOperationException("segments are slices of the file");
        }

        patch.Bytes.Span.CopyTo(bytes.AsSpan((int)(patch.Address - segment.VirtualAddress)));
    }

    /// <summary>A program header that Linux can do without becomes the one of the new segment.</summary>
    private static void AddSegment(byte[] file, ulong address, int offset, int size)
    {
        int table = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(32));
        int count = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(56));
        int header = Enumerable.Range(0, count).Select(i => table + (i * TinyElf.HeaderSize))
            .OrderByDescending(h => Type(h) == Note).First(h => Type(h) is Note or GnuStack);
        TinyElf.Put32(file, header, 1);
        TinyElf.Put32(file, header + 4, 7);
        TinyElf.Put64(file, header + 8, (ulong)offset);
        TinyElf.Put64(file, header + 16, address);
        TinyElf.Put64(file, header + 24, address);
        TinyElf.Put64(file, header + 32, (ulong)size);
        TinyElf.Put64(file, header + 40, (ulong)size);
        TinyElf.Put64(file, header + 48, Page);

        uint Type(int at) => BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at));
    }

    private static ulong PageUp(ulong value) => (value + Page - 1) & ~(ulong)(Page - 1);
}
