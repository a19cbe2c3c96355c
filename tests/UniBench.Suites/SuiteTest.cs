using System.Text.RegularExpressions;

namespace UniBench.Suites;

/// <summary>A test of a suite: a program that says with its exit code whether it passed.</summary>
/// <param name="Name">Unique in the suite.</param>
/// <param name="Command">Path of the program and its arguments.</param>
internal sealed partial record SuiteTest(string Name, IReadOnlyList<string> Command)
{
    /// <summary>What it is about: its name without the numbers at its end.</summary>
    public string Group => Numbers().Replace(Name, "") is { Length: > 0 } group ? group : Name;

    [GeneratedRegex(@"(_?\d+)+$")]
    private static partial Regex Numbers();
}
