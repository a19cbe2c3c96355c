using Iced.Intel;

namespace UniBench.Monitor.Loading;

/// <summary>
/// Looks for five bytes at a `syscall` or `cpuid` that a jump can take. Instructions that are displaced run in the stub instead, so
/// none of them but the first may be jumped to. Direct branches, code pointers and jump tables are known; what could
/// escape is a jump whose target is computed in a way no compiler uses. Such a target starts a block of its own. That the
/// call falls through into it, and that it begins by looking at the call's result, ends the block or restores a register,
/// is not plausible, so only such instructions are taken from behind the call. Before the call none but the instructions
/// directly adjacent are taken, which set up the call: a computed jump between them would skip part of its arguments.
/// </summary>
internal sealed class DetourPlanner(BranchTargets targets)
{
    private static readonly Register[] SetsUp = [Register.RAX];
    private static readonly Register[] CallResult = SetsUp;
    private static readonly Register[] CpuidResults = [Register.RAX, Register.RBX, Register.RCX, Register.RDX];
    private const int LargestBefore = 3;
    private const int LargestError = 4095;
    private readonly InstructionInfoFactory registers = new();

    /// <param name="site">The call.</param>
    /// <param name="free">Bytes below this address belong to the patch before.</param>
    /// <param name="refusal">Why there is no detour, if there is none.</param>
    public Detour? Plan(FoundSite site, ulong free, out string? refusal)
    {
        Instruction[] known = [.. site.Before.Select(a => DecodeAt(site.Region, a))];
        refusal = Implausible(site, known);
        if (refusal is not null)
        {
            return null;
        }

        List<Instruction> before = [];
        ulong start = site.Address;
        while (true)
        {
            Detour? detour = Extend(site, start, before, out string behind);
            if (detour is not null)
            {
                return detour;
            }

            string? ahead = before.Count == LargestBefore || before.Count == known.Length
                ? "no instruction before it that may move"
                : WhyNotBefore(known[^(before.Count + 1)], start, free);
            if (ahead is not null)
            {
                refusal = $"behind the call: {behind}; before it: {ahead}";
                return null;
            }

            before.Insert(0, known[^(before.Count + 1)]);
            start = before[0].IP;
        }
    }

    /// <summary>
    /// Data that decodes as a system call must never be changed. In code the call's number is set near, or a branch goes
    /// to the call, or the number is an argument of the function (Go) and the result is compared with the error numbers.
    /// </summary>
    private string? Implausible(FoundSite site, Instruction[] known)
    {
        for (int i = known.Length - 1; i >= 0; i--)
        {
            if (known[i].IsPrivileged)
            {
                return "no plausible code: a privileged instruction leads to it";
            }

            if (Uses(known[i], SetsUp, OpAccess.Write, OpAccess.ReadWrite, OpAccess.CondWrite))
            {
                return null;
            }
        }

        return targets.Contains(site.Address) || (known.Length > 0 && !site.IsCpuid && ComparesWithErrors(site))
            ? null
            : "no plausible code: nothing near sets rax, nothing branches to it, and its result is not compared with the error numbers";
    }

    private static bool ComparesWithErrors(FoundSite site)
    {
        if (site.Address + 2 >= site.Region.End)
        {
            return false;
        }

        Instruction next = DecodeAt(site.Region, site.Address + 2);
        return next.Mnemonic == Mnemonic.Cmp && next.Op0Kind == OpKind.Register && next.Op0Register.GetFullRegister() == Register.RAX
            && next.Op1Kind is OpKind.Immediate8to64 or OpKind.Immediate32to64 or OpKind.Immediate8to32 or OpKind.Immediate32
            && (int)next.GetImmediate(1) is >= -LargestError - 1 and < 0;
    }

    private string? WhyNotBefore(in Instruction instruction, ulong start, ulong free)
    {
        if (targets.Contains(start))
        {
            return "a branch goes to the instruction behind it";
        }

        if (instruction.FlowControl != FlowControl.Next || instruction.Code is Code.Syscall or Code.Cpuid)
        {
            return $"`{instruction}` cannot move";
        }

        return instruction.IP < free ? "another detour ends there" : null;
    }

    private Detour? Extend(FoundSite site, ulong start, List<Instruction> before, out string refusal)
    {
        List<Instruction> after = [];
        ulong end = site.Address + 2;
        bool falls = true;
        refusal = "";
        while (end - start < Detour.JumpLength)
        {
            if (end >= site.Region.End)
            {
                refusal = "the code ends";
                return null;
            }

            Instruction next = DecodeAt(site.Region, end);
            refusal = WhyNotAfter(next, site, after.Count == 0, falls) ?? "";
            if (refusal.Length > 0)
            {
                return null;
            }

            if (falls)
            {
                after.Add(next);
                falls = next.FlowControl is FlowControl.Next or FlowControl.ConditionalBranch;
            }

            end = next.NextIP;
        }

        return new Detour(start, end, [.. before], after, falls);
    }

    private string? WhyNotAfter(in Instruction next, FoundSite site, bool first, bool reached)
    {
        if (next.IsInvalid)
        {
            return "no instruction";
        }

        if (targets.Contains(next.IP))
        {
            return $"`{next}` is jumped to";
        }

        if (!reached)
        {
            return IsPadding(next) ? null : $"`{next}` belongs to other code";
        }

        if (next.Code is Code.Syscall or Code.Cpuid)
        {
            return "another system call follows";
        }

        if (next.FlowControl is not (FlowControl.Next or FlowControl.ConditionalBranch or FlowControl.UnconditionalBranch
            or FlowControl.IndirectBranch or FlowControl.Return))
        {
            return $"`{next}` cannot move";
        }

        return !first || ContinuesCall(next, site) ? null : $"`{next}` may be where a computed jump goes";
    }

    private bool ContinuesCall(in Instruction next, FoundSite site) =>
        next.FlowControl != FlowControl.Next || IsPadding(next) || next.Mnemonic is Mnemonic.Pop or Mnemonic.Leave
        || Uses(next, site.IsCpuid ? CpuidResults : CallResult, OpAccess.Read, OpAccess.ReadWrite, OpAccess.CondRead, OpAccess.ReadCondWrite);

    private bool Uses(in Instruction instruction, Register[] wanted, params ReadOnlySpan<OpAccess> accesses)
    {
        foreach (UsedRegister used in registers.GetInfo(instruction).GetUsedRegisters())
        {
            if (Array.IndexOf(wanted, used.Register.GetFullRegister()) >= 0 && accesses.Contains(used.Access))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPadding(in Instruction instruction) => instruction.Mnemonic is Mnemonic.Nop or Mnemonic.Int3;

    private static Instruction DecodeAt(CodeRegion region, ulong address)
    {
        int offset = (int)(address - region.Address);
        byte[] bytes = region.Bytes.Slice(offset, Math.Min(15, region.Bytes.Length - offset)).ToArray();
        return Decoder.Create(64, new ByteArrayCodeReader(bytes), address).Decode();
    }
}
