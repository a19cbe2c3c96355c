namespace UniBench.Cli.Host;

/// <summary>One fact of this machine.</summary>
/// <param name="Advice">What to do about it; null when there is nothing to do.</param>
internal sealed record HostCheck(string Subject, Verdict Verdict, string Value, string? Advice = null);
