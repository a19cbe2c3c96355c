using System.IO.Enumeration;
using UniBench.Measure;

namespace UniBench.Workbench.Running;

/// <summary>What `--case` chooses: a pattern with * and ? fits a case's id, with or without the scenario before it, or its name; a text without them is a part of the id.</summary>
public static class CasePattern
{
    public static bool Fits(string pattern, CasePoint point)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(point);
        return pattern.AsSpan().ContainsAny('*', '?')
            ? new[] { point.Id, point.Id[(point.Scenario.Length + 1)..], point.Name }.Any(text => FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false))
            : point.Id.Contains(pattern, StringComparison.Ordinal);
    }
}
