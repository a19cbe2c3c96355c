namespace UniBench.Host.Filters;

/// <summary>A system call that a filter lets through.</summary>
/// <param name="Arguments">It is let through if one of these holds; none: whatever its arguments.</param>
public sealed record CallRule(LinuxCall Call, params IReadOnlyList<ArgumentRule> Arguments);

/// <summary>What an argument must be.</summary>
/// <param name="Index">0 to 5.</param>
/// <param name="Value">The lower half of it, which is all that the kernel looks at in an int.</param>
/// <param name="Mask">The bits that count.</param>
public readonly record struct ArgumentRule(int Index, uint Value, uint Mask = uint.MaxValue);
