using UniBench.Host.Filters;

namespace UniBench.Tests.Filters;

/// <summary>Runs a filter as the kernel does: over struct seccomp_data, one instruction after another.</summary>
internal static class FilterRun
{
    /// <returns>The filter's answer.</returns>
    public static uint Answer(IReadOnlyList<FilterInstruction> program, uint number, params ulong[] arguments) =>
        Answer(program, FilterProgram.X64, number, arguments);

    public static uint Answer(IReadOnlyList<FilterInstruction> program, uint architecture, uint number, ulong[] arguments)
    {
        uint accumulator = 0;
        for (int at = 0; ; at++)
        {
            FilterInstruction i = program[at];
            switch (i.Code)
            {
                case FilterInstruction.Load:
                    accumulator = Word(i.Operand);
                    break;
                case FilterInstruction.And:
                    accumulator &= i.Operand;
                    break;
                case FilterInstruction.JumpIfEqual:
                    at += accumulator == i.Operand ? i.IfTrue : i.IfFalse;
                    break;
                case FilterInstruction.Jump:
                    at += (int)i.Operand;
                    break;
                case FilterInstruction.Return:
                    return i.Operand;
                default:
                    throw new InvalidOperationException($"the kernel would refuse instruction 0x{i.Code:x}");
            }
        }

        uint Word(uint offset) => offset switch
        {
            FilterProgram.NumberAt => number,
            FilterProgram.ArchitectureAt => architecture,
            >= FilterProgram.ArgumentsAt and < 64 when offset % 4 == 0 =>
                (uint)(arguments.ElementAtOrDefault((int)(offset - FilterProgram.ArgumentsAt) / 8) >> (int)(offset % 8 * 8)),
            _ => throw new InvalidOperationException($"the kernel would refuse offset {offset}"),
        };
    }
}
