using System.Diagnostics;
using UniBench.Measure;
using UniBench.Reports;

namespace UniBench.Cli.Running;

/// <summary>What a run has recorded so far, and its files.</summary>
internal sealed class RunLog
{
    /// <summary>A killed run loses this much at most; saving after each of a thousand short launches would disturb them.</summary>
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(2);

    private RunDescription description;
    private readonly IReadOnlyList<PlannedCase> plan;
    private readonly List<RoundRecord> rounds = [];
    private readonly List<Finding> findings;
    private long saved;

    /// <summary>Writes the first results.json: a place that cannot be written to is found before anything is measured.</summary>
    /// <param name="earlier">What an interrupted run has recorded already.</param>
    /// <exception cref="UsageException">The directory cannot be written to.</exception>
    public RunLog(string directory, RunDescription description, IReadOnlyList<PlannedCase> plan, IReadOnlyList<Finding> findings, IReadOnlyList<RoundRecord>? earlier = null)
    {
        Folder = directory;
        this.description = description;
        this.plan = plan;
        this.findings = [.. findings];
        rounds.AddRange(earlier ?? []);
        try
        {
            Directory.CreateDirectory(directory);
            Save();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"cannot write results to {directory}: {e.Message}");
        }
    }

    public string Folder { get; }

    /// <summary>What the report is written as; null for the usual ones.</summary>
    public IReadOnlyList<ReportFormat>? Formats { get; init; }

    /// <summary>The report's files, once it is written.</summary>
    public IReadOnlyList<string> Written { get; private set; } = [];

    public IReadOnlyList<RoundRecord> Rounds => rounds;

    public void Add(RoundRecord record)
    {
        bool newBlock = rounds.Count > 0 && rounds[^1].Round != record.Round;
        rounds.Add(record);
        if (newBlock || Stopwatch.GetElapsedTime(saved) > SaveEvery)
        {
            Save();
        }
    }

    public void Add(Yardstick yardstick) => description = description with { Yardsticks = [.. description.Yardsticks, yardstick] };

    /// <summary>Puts another record in the place of one that was added: what it says was learned later.</summary>
    public void Replace(RoundRecord old, RoundRecord record) => rounds[rounds.LastIndexOf(old)] = record;

    public void Note(Finding finding) => findings.Add(finding);

    /// <summary>How many blocks there were in the end.</summary>
    public void Describe(int warmupRounds, int roundsPlanned) => description = description with { WarmupRounds = warmupRounds, RoundsPlanned = roundsPlanned };

    /// <summary>Results as they are now.</summary>
    public RunResults Snapshot() => Assemble(interrupted: true);

    /// <summary>Writes results and report as they are now.</summary>
    public RunResults WriteReport(bool interrupted)
    {
        RunResults results = Assemble(interrupted);
        Written = ReportWriter.WriteAll(results, Folder, Formats);
        return results;
    }

    // Until the report is written the run counts as interrupted: that is what it is if it is killed now.
    private void Save()
    {
        ResultsFile.Save(Assemble(interrupted: true), Path.Combine(Folder, ResultsFile.Name));
        saved = Stopwatch.GetTimestamp();
    }

    private RunResults Assemble(bool interrupted) => ResultsBuilder.Assemble(description, plan, rounds, findings, interrupted);
}
