using Iced.Intel;

namespace UniBench.Monitor.Loading;

/// <summary>Which bytes around a `syscall` a jump may replace, and which instructions its stub then has to run.</summary>
/// <param name="Start">First byte to replace.</param>
/// <param name="End">Behind the last byte to replace, at least five bytes on; an instruction starts here.</param>
/// <param name="Before">Displaced instructions that run before the call.</param>
/// <param name="After">Displaced instructions that run after it.</param>
/// <param name="FallsThrough">Whether execution goes on at <paramref name="End"/> afterwards.</param>
internal sealed record Detour(ulong Start, ulong End, IReadOnlyList<Instruction> Before, IReadOnlyList<Instruction> After, bool FallsThrough)
{
    /// <summary>Length of `jmp rel32`.</summary>
    public const int JumpLength = 5;
}
