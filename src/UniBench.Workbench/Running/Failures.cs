using UniBench.Measure;

namespace UniBench.Workbench.Running;

/// <summary>Writes the launches of a run down and counts those that failed, so that a hopeless case is given up.</summary>
/// <param name="programOf">The first program of a case, by its id.</param>
internal sealed class Failures(LaunchLog log, IRunWatcher watcher, Func<string, string> programOf)
{
    /// <summary>A case that failed this often is not launched again: twenty time-outs say no more than two.</summary>
    private const int Allowed = 2;

    private readonly Dictionary<string, int> counts = [];

    public bool HasGivenUp(string id) => counts.GetValueOrDefault(id) >= Allowed;

    /// <summary>Whether a measured launch has failed.</summary>
    public bool Any => counts.Count > 0;

    /// <summary>A launch that has just ended.</summary>
    public void Add(RoundRecord record)
    {
        log.Add(record);
        Count(record);
    }

    /// <summary>A launch that had succeeded until something was learned of it.</summary>
    public void Fail(RoundRecord record, string reason)
    {
        RoundRecord failed = record with { Status = CaseStatus.Failed, Reason = reason };
        log.Replace(record, failed);
        Count(failed);
    }

    private void Count(RoundRecord record)
    {
        if (record.Status == CaseStatus.Ok || record.Warmup)
        {
            return;
        }

        string id = record.CaseId;
        counts[id] = counts.GetValueOrDefault(id) + 1;
        watcher.Warn($"{id}: {record.Reason}");
        if (counts[id] == Allowed)
        {
            log.Note(new Finding(Severity.Error, "given-up", $"{id} failed {Allowed} times and was not launched again", $"run it alone: unibench exec -- {programOf(id)} ..."));
        }
    }
}
