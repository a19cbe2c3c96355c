namespace UniBench.Reports.Timelines;

/// <summary>One launch of a timeline. Times are ms since the launch began.</summary>
/// <param name="Curves">By name and unit: values that hold until the next.</param>
public sealed record TimelineLaunch(
    string Title, IReadOnlyList<TimelineRow> Rows, IReadOnlyList<TimelineArrow> Arrows, IReadOnlyDictionary<(string Name, string Unit), IReadOnlyList<(double At, double Value)>> Curves)
{
    public double End => Rows.SelectMany(r => r.Programs).Select(p => p.To).DefaultIfEmpty(0).Max();
}

/// <summary>A process: what it ran, one program behind the other, and inside of them when it was in the monitor.</summary>
public sealed record TimelineRow(int Pid, string Name, IReadOnlyList<TimelineSlice> Programs, IReadOnlyList<TimelineSlice> Calls);

/// <param name="Detail">What came of it; empty when nothing was said.</param>
public sealed record TimelineSlice(string Name, string Detail, double From, double To);

/// <summary>One process made another go.</summary>
public sealed record TimelineArrow(string Kind, int From, double Sent, int To, double Received);
