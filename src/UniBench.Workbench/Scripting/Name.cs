using System.Text.RegularExpressions;

namespace UniBench.Workbench.Scripting;

/// <summary>What cases, parameters and values may be called: they are parts of case ids and of file names.</summary>
internal static partial class Name
{
    /// <exception cref="ScenarioException">It may not be called that.</exception>
    public static void Check(string what, string name)
    {
        if (!Plain().IsMatch(name ?? string.Empty))
        {
            throw new ScenarioException($"a {what} cannot be called '{name}': letters from A to Z, digits, '_', '-' and '.' are possible");
        }
    }

    /// <exception cref="ScenarioException">It cannot be a value.</exception>
    public static void CheckValue(string parameter, string value)
    {
        if (value.Length == 0 || value.AsSpan().ContainsAny(",{}=\n") || value != value.Trim())
        {
            throw new ScenarioException($"parameter '{parameter}' cannot have the value '{value}': no ',', '{{', '}}' or '=', no space around it, not empty");
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.\-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
