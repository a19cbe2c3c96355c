using System.Buffers.Binary;
using NUnit.Framework;
using UniBench.Monitor.Loading;

namespace UniBench.Tests.Loading;

/// <summary>One sequence of instructions for each rule. Code is at 0x401000, data at 0x500000, stubs at 0x600000.</summary>
internal sealed class SyscallRewriterTests
{
    private const ulong Code = 0x401000;
    private const ulong Data = 0x500000;
    private const ulong Stubs = 0x600000;
    private const ulong Entry = 0x7ffff8000123;
    private const string SetNumber = "b8 27 00 00 00 "; // mov eax, 39
    private const string Compare = "48 3d 00 f0 ff ff "; // cmp rax, -4096

    [Test]
    public void The_call_and_the_comparison_behind_it_become_a_jump_to_a_stub()
    {
        RewriteResult result = Rewrite(SetNumber + "0f 05 " + Compare + "c3");
        byte[] stub = result.StubCode[16..].ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(result.Sites, Is.EqualTo(new[] { new SyscallSite(Code + 5, Stubs + 16, null) }));
            Assert.That(result.Patches.Single().Address, Is.EqualTo(Code + 5));
            Assert.That(Hex(result.Patches.Single().Bytes), Is.EqualTo("E9" + Relative(Code + 10, Stubs + 16) + "909090"));
            Assert.That(BinaryPrimitives.ReadUInt64LittleEndian(result.StubCode.Span), Is.EqualTo(Entry));
            Assert.That(Hex(stub), Is.EqualTo(
                "488D0D06000000" // lea rcx, [rip + 6]
                + "FF25" + Relative(Stubs + 16 + 13, Stubs) // jmp [slot]
                + "483D00F0FFFF" // cmp rax, -4096
                + "E9" + Relative(Stubs + 16 + 24, Code + 13)));
        });
    }

    [TestCase("48 83 f8 fc c3", TestName = "A_read_of_the_result_moves_behind")] // cmp rax, -4; ret
    [TestCase("c3 0f 1f 00", TestName = "Padding_behind_a_return_is_room")]
    [TestCase("c3 cc cc", TestName = "Int3_behind_a_return_is_room")]
    [TestCase("5b 5d c3", TestName = "Pops_and_the_return_move_behind")]
    [TestCase("85 c0 74 01 90 c3", TestName = "A_short_branch_moves_behind_and_reaches_further")]
    [TestCase("90 90 90 c3", TestName = "Nops_move_behind")]
    public void Room_behind_the_call_is_used(string behind)
    {
        RewriteResult result = Rewrite(SetNumber + "0f 05 " + behind);
        Assert.That(result.Sites.Single().Refusal, Is.Null);
        Assert.That(result.Patches.Single().Address, Is.EqualTo(Code + 5), "the instruction before stays");
    }

    [TestCase("b8 27 00 00 00", 5, TestName = "Mov_eax_immediate")]
    [TestCase("48 c7 c0 0f 00 00 00", 7, TestName = "Mov_rax_immediate")]
    [TestCase("31 c0 90", 3, TestName = "Xor_eax_eax")]
    [TestCase("48 89 f8", 3, TestName = "Mov_rax_register")]
    public void Instructions_before_the_call_give_room_where_none_is_behind(string before, int length)
    {
        RewriteResult result = Rewrite(before + " 0f 05 bf 7f 00 00 00 c3"); // behind it: mov edi, 127
        CodePatch patch = result.Patches.Single();
        Assert.That(patch.Address, Is.EqualTo(Code));
        Assert.That(patch.Bytes.Length, Is.EqualTo(length + 2));
        Assert.That(Hex(result.StubCode[16..(16 + length)]), Is.EqualTo(Hex(Bytes(before))), "the stub begins with what was before");
    }

    [Test]
    public void What_follows_a_return_without_padding_is_other_code()
    {
        RewriteResult result = Rewrite(SetNumber + "0f 05 c3 53 5b c3");
        Assert.That(result.Patches.Single().Address, Is.EqualTo(Code), "room before it is taken instead");
        Assert.That(result.Patches.Single().Bytes.Length, Is.EqualTo(7));
    }

    [Test]
    public void An_instruction_that_is_branched_to_does_not_move()
    {
        // 401000: mov eax,39   401005: syscall   401007: cmp rax,-4096   40100d: je 401007
        RewriteResult result = Rewrite(SetNumber + "0f 05 " + Compare + "74 f8 c3");
        Assert.That(result.Patches.Single().Address, Is.EqualTo(Code));
    }

    [Test]
    public void A_call_that_is_branched_to_and_has_no_room_behind_is_refused()
    {
        // 401005: syscall   401007: mov edi,127   40100c: je 401005
        RewriteResult result = Rewrite(SetNumber + "0f 05 bf 7f 00 00 00 74 f7 c3");
        Assert.That(result.Patches, Is.Empty);
        Assert.That(result.StubCode.IsEmpty);
        Assert.That(result.Sites.Single().Refusal, Does.Contain("computed jump").And.Contain("a branch goes to the instruction behind it"));
    }

    [TestCase("symbol")]
    [TestCase("pointer")]
    [TestCase("jump table")]
    [TestCase("lea")]
    [TestCase("immediate")]
    public void Code_that_is_reached_indirectly_does_not_move(string how)
    {
        // The comparison at 401007 is the target; the room before the call is taken.
        byte[] data = new byte[32];
        string first = SetNumber + "0f 05 " + Compare + "c3 ";
        string last = how switch
        {
            "lea" => "48 8d 05 " + Relative(Code + 21, Code + 7),
            "jump table" => "48 8d 05 " + Relative(Code + 21, Data + 8),
            "immediate" => "bf 07 10 40 00",
            _ => "",
        };
        if (how == "pointer")
        {
            BinaryPrimitives.WriteUInt64LittleEndian(data.AsSpan(16), Code + 7);
        }

        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(8), (int)((long)Code - (long)(Data + 8)));
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(12), (int)((long)Code + 7 - (long)(Data + 8)));
        RewriteResult result = Rewrite(first + last, data, how == "symbol" ? [Code + 7] : []);
        Assert.That(result.Patches.Single().Address, Is.EqualTo(Code));
        Assert.That(Rewrite(first, how == "pointer" ? [] : data).Patches.Single().Address, Is.EqualTo(Code + 5), "without it the comparison moves");
    }

    [Test]
    public void Pointers_of_a_position_independent_program_count_with_its_bias()
    {
        byte[] data = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(data, 0x1007);
        RewriteRequest request = Request(SetNumber + "0f 05 " + Compare + "c3 ", data, []) with { Bias = 0x400000 };
        Assert.That(SyscallRewriter.Rewrite(request).Patches.Single().Address, Is.EqualTo(Code));
    }

    [Test]
    public void A_displaced_operand_relative_to_rip_refers_to_the_same_address()
    {
        // mov [rip + x], rax with x so that it is 500000
        RewriteResult result = Rewrite(SetNumber + "0f 05 48 89 05 " + Relative(Code + 14, Data) + " c3");
        Assert.That(result.Patches.Single().Address, Is.EqualTo(Code + 5));
        Assert.That(Hex(result.StubCode[29..36]), Is.EqualTo("488905" + Relative(Stubs + 36, Data)));
    }

    [Test]
    public void A_displaced_short_branch_goes_to_the_same_address()
    {
        // 401005: syscall  401007: jmp 401000 (2 bytes)  401009: padding
        RewriteResult result = Rewrite(SetNumber + "0f 05 eb f7 cc cc");
        Assert.That(result.Patches.Single().Address, Is.EqualTo(Code + 5));
        Assert.That(Hex(result.StubCode[29..]), Is.EqualTo("E9" + Relative(Stubs + 34, Code)), "and nothing leads behind it");
    }

    [Test]
    public void A_call_instruction_is_not_displaced()
    {
        RewriteResult result = Rewrite("e8 00 00 00 00 0f 05 e8 00 00 00 00 c3", targets: [Code + 5]);
        Assert.That(result.Sites.Single().Refusal, Does.Contain("cannot move"));
    }

    [Test]
    public void Two_system_calls_without_room_between_share_nothing()
    {
        RewriteResult result = Rewrite(SetNumber + "0f 05 89 c7 0f 05 bf 7f 00 00 00 c3");
        Assert.That(result.Sites, Has.Count.EqualTo(2));
        Assert.That(result.Sites[0].Refusal, Is.Null);
        Assert.That(result.Patches[0].Address, Is.EqualTo(Code), "the second call does not move into the first one's stub");
        Assert.That(result.Patches[0].Bytes.Length, Is.EqualTo(7));
        Assert.That(result.Sites[1].Refusal, Does.Contain("before it: `syscall` cannot move").Or.Contain("another detour ends there"));
    }

    [Test]
    public void The_same_two_bytes_inside_another_instruction_are_no_site()
    {
        Assert.That(Rewrite("b8 0f 05 00 00 c3").Sites, Is.Empty); // mov eax, 0x50f
    }

    [Test]
    public void A_call_whose_number_comes_from_nowhere_is_left_alone()
    {
        RewriteResult result = Rewrite("06 0f 05 48 83 f8 fc c3"); // 06 is no instruction
        Assert.That(result.Patches, Is.Empty);
        Assert.That(result.Sites.Single().Refusal, Does.Contain("no plausible code"));
    }

    [TestCase("48 3d 01 f0 ff ff", true, TestName = "Go_and_glibc_compare_with_minus_4095")]
    [TestCase("48 3d 00 f0 ff ff", true, TestName = "Others_compare_with_minus_4096")]
    [TestCase("48 83 f8 ff", true, TestName = "Or_with_one_error_number")]
    [TestCase("48 3d 00 00 01 00", false, TestName = "A_comparison_with_another_number_says_nothing")]
    [TestCase("48 81 f9 01 f0 ff ff", false, TestName = "Nor_does_one_of_another_register")]
    public void A_number_that_the_caller_put_in_rax_is_plausible_where_the_result_is_compared_with_errors(string behind, bool detoured)
    {
        // mov r10, rsi; mov rdx, rdi; mov rsi, rcx; mov rdi, rbx: how Go's Syscall6 begins
        SyscallSite site = Rewrite("49 89 f2 48 89 fa 48 89 ce 48 89 df 0f 05 " + behind + " c3").Sites.Single();
        Assert.That(site.IsDetoured, Is.EqualTo(detoured), site.Refusal);
    }

    [Test]
    public void A_privileged_instruction_in_front_means_data()
    {
        Assert.That(Rewrite(SetNumber + "f4 0f 05 48 83 f8 fc c3").Sites.Single().Refusal, Does.Contain("privileged"));
    }

    [Test]
    public void The_end_of_the_code_is_no_room()
    {
        RewriteResult result = Rewrite("b0 27 0f 05"); // mov al, 39
        Assert.That(result.Sites.Single().Refusal, Does.Contain("the code ends"));
    }

    [TestCase("89 c2 83 e2 1f c3", TestName = "Cpuid_with_a_result_read_behind_it")] // mov edx, eax; and edx, 31
    [TestCase("41 89 d6 c3 90", TestName = "Cpuid_with_another_result_read_behind_it")] // mov r14d, edx; ret
    public void Cpuid_becomes_a_jump_with_the_address_in_rdx(string behind)
    {
        const ulong Other = 0x7ffff8000456;
        RewriteResult result = SyscallRewriter.Rewrite(Request("b8 04 00 00 00 0f a2 " + behind, [], []) with { CpuidEntry = Other });
        byte[] stub = result.StubCode[16..].ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(result.Sites, Is.Empty, "it is no system call");
            Assert.That(result.Patches.Single().Address, Is.EqualTo(Code + 5));
            Assert.That(BinaryPrimitives.ReadUInt64LittleEndian(result.StubCode.Span[8..]), Is.EqualTo(Other));
            Assert.That(Hex(stub), Does.StartWith(
                "488D1506000000" // lea rdx, [rip + 6]
                + "FF25" + Relative(Stubs + 16 + 13, Stubs + 8))); // jmp [slot]
        });
    }

    [Test]
    public void Cpuid_is_left_alone_where_what_follows_has_nothing_to_do_with_it() =>
        Assert.That(
            SyscallRewriter.Rewrite(Request("b8 04 00 00 00 c3 b8 04 00 00 00 0f a2 be 01 00 00 00 c3", [], [Code + 11]) with { CpuidEntry = Entry }).Patches, Is.Empty);

    [Test]
    public void Stubs_out_of_reach_are_refused()
    {
        RewriteRequest request = Request(SetNumber + "0f 05 " + Compare + "c3", [], []) with { StubAddress = 0x1_0000_0000 };
        RewriteResult result = SyscallRewriter.Rewrite(request);
        Assert.That(result.Patches, Is.Empty);
        Assert.That(result.Sites.Single().Refusal, Does.Contain("2 GB"));
    }

    private static RewriteResult Rewrite(string code, byte[]? data = null, ulong[]? targets = null) =>
        SyscallRewriter.Rewrite(Request(code, data ?? [], targets ?? []));

    private static RewriteRequest Request(string code, byte[] data, ulong[] targets) => new()
    {
        Code = [new CodeRegion(Code, Bytes(code))],
        Data = [new CodeRegion(Data, data)],
        Targets = targets,
        StubAddress = Stubs,
        SyscallEntry = Entry,
    };

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private static string Hex(ReadOnlyMemory<byte> bytes) => Convert.ToHexString(bytes.Span);

    /// <summary>A 4-byte displacement, from the end of the instruction that has it.</summary>
    private static string Relative(ulong from, ulong to) => Convert.ToHexString(BitConverter.GetBytes((int)(to - from)));
}
