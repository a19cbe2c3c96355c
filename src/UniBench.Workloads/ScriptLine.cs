using System.Text;

namespace UniBench.Workloads;

/// <summary>The first line of a script, as Linux reads it: execve(2).</summary>
/// <param name="Interpreter">Path of the program that runs it, a char for each byte.</param>
/// <param name="Argument">What follows, all of it one argument; null: nothing.</param>
public sealed record ScriptLine(string Interpreter, string? Argument)
{
    /// <summary>Bytes that count, #! included.</summary>
    public const int Longest = 255;

    public static bool IsScript(ReadOnlySpan<byte> start) => start.StartsWith("#!"u8);

    /// <param name="start">Of a script, as many bytes as count if it has them.</param>
    /// <returns>Null when it names no interpreter, or one too long to be known whole.</returns>
    public static ScriptLine? Read(ReadOnlySpan<byte> start)
    {
        int end = start.IndexOf((byte)'\n');
        string line = Encoding.Latin1.GetString(start[2..(end < 0 ? start.Length : end)]).Trim(' ', '\t', '\0');
        int cut = line.AsSpan().IndexOfAny(' ', '\t');
        string interpreter = cut < 0 ? line : line[..cut];
        return interpreter.Length == 0 || (end < 0 && start.Length == Longest && cut < 0)
            ? null
            : new ScriptLine(interpreter, cut < 0 ? null : line[cut..].Trim(' ', '\t'));
    }
}
