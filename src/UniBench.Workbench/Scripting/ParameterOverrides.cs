namespace UniBench.Workbench.Scripting;

/// <summary>The values of <c>-p name=value,...</c>; remembers which names some scenario declared.</summary>
public sealed class ParameterOverrides
{
    private readonly Dictionary<string, string[]> values = [];
    private readonly SortedSet<string> declared = new(StringComparer.Ordinal);

    /// <exception cref="UsageException">Not of the form name=value,... or a name twice.</exception>
    public ParameterOverrides(IEnumerable<string> options)
    {
        foreach (string option in options)
        {
            string[] sides = option.Split('=', 2, StringSplitOptions.TrimEntries);
            string[] list = sides.Length == 2 ? sides[1].Split(',', StringSplitOptions.TrimEntries) : [];
            if (list.Length == 0 || sides[0].Length == 0 || list.Any(v => v.Length == 0))
            {
                throw new UsageException($"-p {option}: expected name=value or name=value,value,...");
            }

            if (!values.TryAdd(sides[0], list))
            {
                throw new UsageException($"-p {option}: '{sides[0]}' is given twice; write -p {sides[0]}=value,value,...");
            }
        }
    }

    /// <summary>The values for a parameter that a scenario declares; null when it is not overridden.</summary>
    public IReadOnlyList<string>? Take(string name)
    {
        declared.Add(name);
        return values.GetValueOrDefault(name);
    }

    /// <summary>To be called after all scenarios were read.</summary>
    /// <exception cref="UsageException">A name was given that no scenario declares.</exception>
    public void CheckAllTaken()
    {
        string? unknown = values.Keys.FirstOrDefault(name => !declared.Contains(name));
        if (unknown is not null)
        {
            throw new UsageException(
                $"-p {unknown}: there is no parameter '{unknown}'{DidYouMean.Question(unknown, declared)}; {(declared.Count == 0 ? "the scenario has none" : $"there are: {string.Join(", ", declared)}")}");
        }
    }
}
