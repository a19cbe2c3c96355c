using System.Buffers.Binary;
using Iced.Intel;
using NUnit.Framework;
using UniBench.Monitor.Loading;

namespace UniBench.Tests.Loading;

/// <summary>Real programs: follows each detour instruction by instruction and compares with what was there before.</summary>
[TestFixtureSource(typeof(RealPrograms), nameof(RealPrograms.Paths))]
internal sealed class RewrittenProgramsTests(string path)
{
    private RewriteRequest request = null!;
    private RewriteResult result = null!;
    private ElfFile elf = null!;

    [OneTimeSetUp]
    public void Rewrite()
    {
        elf = ElfFile.Parse(RealPrograms.Read(path));
        request = RealPrograms.Request(elf);
        result = SyscallRewriter.Rewrite(request);
    }

    [Test]
    public void Nearly_all_system_calls_are_detoured()
    {
        Assert.That(result.Sites, Has.Count.GreaterThan(20));
        Assert.That((double)result.Detoured / result.Sites.Count, Is.GreaterThanOrEqualTo(0.95), string.Join("\n", result.Refused));
        TestContext.Out.WriteLine($"{result.Sites.Count} sites, {result.Detoured} detoured, {result.StubCode.Length} bytes of stubs");
    }

    [Test]
    public void A_detour_runs_the_same_instructions_around_the_call()
    {
        Assert.That(result.Patches, Is.Not.Empty);
        foreach (CodePatch patch in result.Patches)
        {
            ulong end = patch.Address + (ulong)patch.Bytes.Length;
            Assert.That(Follow(patch, end), Is.EqualTo(Original(patch.Address, end)), $"at 0x{patch.Address:x}");
        }
    }

    [Test]
    public void No_direct_branch_goes_into_replaced_bytes()
    {
        HashSet<ulong> inside = [.. result.Patches.SelectMany(p => Enumerable.Range(1, p.Bytes.Length - 1).Select(i => p.Address + (ulong)i))];
        foreach (Instruction instruction in request.Code.SelectMany(c => Decode(c.Bytes, c.Address, c.End)))
        {
            if (instruction.Op0Kind == OpKind.NearBranch64 && inside.Contains(instruction.NearBranch64))
            {
                // Data between functions may look like a branch; then it must not have been known as one either.
                Assert.Fail($"0x{instruction.IP:x} `{instruction}` goes into a patch");
            }
        }
    }

    [Test]
    public void Patches_are_in_order_and_apart_and_each_belongs_to_one_call()
    {
        Assert.That(result.Patches, Has.Count.EqualTo(result.Detoured));
        foreach ((CodePatch patch, SyscallSite site) in result.Patches.Zip(result.Sites.Where(s => s.IsDetoured)))
        {
            Assert.That(site.Address, Is.InRange(patch.Address, patch.Address + (ulong)patch.Bytes.Length - 2));
        }

        foreach ((CodePatch first, CodePatch second) in result.Patches.Zip(result.Patches.Skip(1)))
        {
            Assert.That(first.Address + (ulong)first.Bytes.Length, Is.LessThanOrEqualTo(second.Address));
        }
    }

    /// <summary>The instructions replaced, up to where execution leaves for good.</summary>
    private List<string> Original(ulong start, ulong end)
    {
        List<string> text = [];
        CodeRegion region = request.Code.Single(c => c.Contains(start));
        foreach (Instruction instruction in Decode(region.Bytes[(int)(start - region.Address)..], start, end))
        {
            text.Add(Text(instruction));
            if (instruction.FlowControl is FlowControl.UnconditionalBranch or FlowControl.IndirectBranch or FlowControl.Return)
            {
                return text;
            }
        }

        text.Add($"go on at 0x{end:x}");
        return text;
    }

    /// <summary>The same read from the patch and its stub.</summary>
    private List<string> Follow(CodePatch patch, ulong end)
    {
        Instruction[] written = [.. Decode(patch.Bytes, patch.Address, end)];
        Assert.That(written[0].Code, Is.EqualTo(Code.Jmp_rel32_64));
        Assert.That(written[1..].All(i => i.Code == Code.Nopd), "what is left is nops");
        ulong stub = written[0].NearBranch64;
        List<string> text = [];
        bool called = false;
        int offset = (int)(stub - request.StubAddress);
        using IEnumerator<Instruction> stubCode = Decode(result.StubCode[offset..], stub, ulong.MaxValue).GetEnumerator();
        while (stubCode.MoveNext())
        {
            Instruction instruction = stubCode.Current;
            if (!called && instruction.Mnemonic == Mnemonic.Lea && instruction.Op0Register == Register.RCX)
            {
                ulong back = instruction.MemoryDisplacement64;
                stubCode.MoveNext();
                Instruction jump = stubCode.Current;
                Assert.That(jump.Code, Is.EqualTo(Code.Jmp_rm64));
                Assert.That(jump.IPRelativeMemoryAddress, Is.EqualTo(request.StubAddress));
                Assert.That(BinaryPrimitives.ReadUInt64LittleEndian(result.StubCode.Span), Is.EqualTo(request.SyscallEntry));
                Assert.That(jump.NextIP, Is.EqualTo(back));
                text.Add("syscall");
                called = true;
                continue;
            }

            if (instruction.Code == Code.Jmp_rel32_64 && instruction.NearBranch64 == end)
            {
                text.Add($"go on at 0x{end:x}");
                return text;
            }

            text.Add(Text(instruction));
            if (instruction.FlowControl is FlowControl.UnconditionalBranch or FlowControl.IndirectBranch or FlowControl.Return)
            {
                return text;
            }
        }

        return text;
    }

    private static string Text(in Instruction instruction) => instruction.ToString()
        .Replace("short ", "", StringComparison.Ordinal).Replace("near ptr ", "", StringComparison.Ordinal);

    private static IEnumerable<Instruction> Decode(ReadOnlyMemory<byte> bytes, ulong address, ulong end)
    {
        ByteArrayCodeReader reader = new(bytes.ToArray());
        Decoder decoder = Decoder.Create(64, reader, address);
        while (reader.CanReadByte && decoder.IP < end)
        {
            yield return decoder.Decode();
        }
    }
}
