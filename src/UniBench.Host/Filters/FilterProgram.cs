namespace UniBench.Host.Filters;

/// <summary>Writes seccomp filters from lists of calls.</summary>
public static class FilterProgram
{
    /// <summary>Answers of a filter: let it through, or an errno in the lower half.</summary>
    public const uint Allow = 0x7fff0000, Refuse = 0x00050000;

    /// <summary>Offsets in struct seccomp_data.</summary>
    public const uint NumberAt = 0, ArchitectureAt = 4, ArgumentsAt = 16;

    /// <summary>AUDIT_ARCH_X86_64.</summary>
    public const uint X64 = 0xc000003e;

    /// <param name="allowed">Asked in that order: what is called often comes first. No call twice.</param>
    /// <param name="missing">Calls that are answered with ENOSYS, so that their callers fall back to older ones.</param>
    /// <returns>A filter that answers EPERM to all other calls, and to all of another architecture.</returns>
    public static FilterInstruction[] Write(IReadOnlyList<CallRule> allowed, IReadOnlyList<LinuxCall> missing)
    {
        if (allowed.Select(r => r.Call).Concat(missing).GroupBy(c => c).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"system call {twice.Key} is named twice", nameof(allowed));
        }

        List<FilterInstruction> program = [];
        program.Add(new(FilterInstruction.Load, 0, 0, ArchitectureAt));
        program.Add(new(FilterInstruction.JumpIfEqual, 1, 0, X64));
        program.Add(Answer(Refuse | Errno.EPERM));
        program.Add(new(FilterInstruction.Load, 0, 0, NumberAt));
        foreach (CallRule rule in allowed)
        {
            FilterInstruction[] body = rule.Arguments.Count == 0 ? [Answer(Allow)] : [.. rule.Arguments.SelectMany(Check), Answer(Refuse | Errno.EPERM)];
            If(rule.Call, body);
        }

        foreach (LinuxCall call in missing)
        {
            If(call, [Answer(Refuse | Errno.ENOSYS)]);
        }

        program.Add(Answer(Refuse | Errno.EPERM));
        return [.. program];

        // A body always answers; one of any length can be skipped, because the jump over it is no comparison.
        void If(LinuxCall call, FilterInstruction[] body)
        {
            bool isShort = body.Length <= byte.MaxValue;
            program.Add(new(FilterInstruction.JumpIfEqual, isShort ? (byte)0 : (byte)1, isShort ? (byte)body.Length : (byte)0, (uint)call));
            if (!isShort)
            {
                program.Add(new(FilterInstruction.Jump, 0, 0, (uint)body.Length));
            }

            program.AddRange(body);
        }
    }

    private static FilterInstruction[] Check(ArgumentRule rule) =>
    [
        new(FilterInstruction.Load, 0, 0, ArgumentsAt + (8 * (uint)rule.Index)),
        new(FilterInstruction.And, 0, 0, rule.Mask),
        new(FilterInstruction.JumpIfEqual, 0, 1, rule.Value),
        Answer(Allow),
    ];

    private static FilterInstruction Answer(uint answer) => new(FilterInstruction.Return, 0, 0, answer);
}
