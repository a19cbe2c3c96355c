using System.Runtime.InteropServices;

namespace UniBench.Host.Filters;

/// <summary>struct sock_filter: an instruction of classic BPF, as seccomp runs it.</summary>
/// <param name="Code">What to do; one of the constants here.</param>
/// <param name="IfTrue">Of a comparison: instructions to skip if it holds.</param>
/// <param name="IfFalse">The same if it does not.</param>
/// <param name="Operand">A constant, an offset in struct seccomp_data, or instructions to skip.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct FilterInstruction(ushort Code, byte IfTrue, byte IfFalse, uint Operand)
{
    /// <summary>A word of struct seccomp_data into the accumulator.</summary>
    public const ushort Load = 0x20;

    /// <summary>The accumulator, masked.</summary>
    public const ushort And = 0x54;

    /// <summary>Compares the accumulator.</summary>
    public const ushort JumpIfEqual = 0x15;

    /// <summary>Skips instructions.</summary>
    public const ushort Jump = 0x05;

    /// <summary>The filter's answer.</summary>
    public const ushort Return = 0x06;
}
