using System.Globalization;

namespace UniBench.Workbench.Scripting;

/// <summary>One point of a sweep: a value for each parameter of the case.</summary>
public sealed class Point
{
    private readonly IReadOnlyDictionary<string, string> values;

    internal Point(IReadOnlyDictionary<string, string> values) => this.values = values;

    /// <summary>The value of a parameter, as text.</summary>
    public string this[Parameter parameter] => this[parameter.Name];

    /// <exception cref="ScenarioException">The case does not sweep over a parameter of that name.</exception>
    public string this[string name] => values.TryGetValue(name, out string? value)
        ? value
        : throw new ScenarioException($"the case has no parameter '{name}'; it has: {string.Join(", ", values.Keys)}");

    /// <summary>The value of a parameter, as a number.</summary>
    public long Number(Parameter parameter) => long.TryParse(this[parameter], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
        ? number
        : throw new ScenarioException($"parameter '{parameter.Name}': '{this[parameter]}' is not a number");
}
