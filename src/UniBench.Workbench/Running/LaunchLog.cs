using UniBench.Measure;
using UniBench.Reports;

namespace UniBench.Workbench.Running;

/// <summary>What a run has recorded so far, and its files. A launch is written down as it ends; nothing is computed before the run does.</summary>
internal sealed class LaunchLog : IDisposable
{
    private RunDescription description;
    private readonly IReadOnlyList<PlannedCase> plan;
    private readonly List<RoundRecord> rounds = [];
    private readonly List<Finding> findings;
    private readonly RoundsFile file;

    /// <summary>Writes the first files: a place that cannot be written to is found before anything is measured.</summary>
    /// <param name="earlier">Launches made already, by a run that was interrupted or by several that are merged.</param>
    /// <exception cref="UsageException">The directory cannot be written to.</exception>
    public LaunchLog(string directory, RunDescription description, IReadOnlyList<PlannedCase> plan, IReadOnlyList<Finding> findings, IReadOnlyList<RoundRecord>? earlier = null)
    {
        Folder = directory;
        this.description = description;
        this.plan = plan;
        this.findings = [.. findings];
        rounds.AddRange(earlier ?? []);
        try
        {
            Directory.CreateDirectory(directory);
            file = RoundsFile.Create(Path.Combine(directory, RoundsFile.Name), rounds);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(e);
        }

        try
        {
            // Until the run has ended it counts as interrupted: that is what it is if it is killed now.
            Save(Assemble(interrupted: true));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file.Dispose();
            throw Refused(e);
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
        rounds.Add(record);
        file.Add(record);
    }

    /// <summary>Puts another record in the place of one that was added: what it says was learned later.</summary>
    public void Replace(RoundRecord old, RoundRecord record)
    {
        rounds[rounds.LastIndexOf(old)] = record;
        file.Add(record);
    }

    public void Note(Finding finding) => findings.Add(finding);

    /// <summary>How many blocks there were in the end.</summary>
    public void Describe(int warmupRounds, int roundsPlanned) => description = description with { WarmupRounds = warmupRounds, RoundsPlanned = roundsPlanned };

    /// <summary>Results as they are now.</summary>
    public RunResults Snapshot() => Assemble(interrupted: true);

    /// <summary>Writes results and report as they are now.</summary>
    public RunResults WriteReport(bool interrupted)
    {
        RunResults results = Assemble(interrupted);
        file.Sync();
        Save(results);
        Written = ReportWriter.WriteAll(results, Folder, Formats);
        return results;
    }

    public void Dispose() => file.Dispose();

    private void Save(RunResults results) => ResultsFile.SaveSummary(results, Path.Combine(Folder, ResultsFile.Name));

    private RunResults Assemble(bool interrupted) => ResultsBuilder.Assemble(description, plan, rounds, findings, interrupted);

    private UsageException Refused(Exception e) => new($"cannot write results to {Folder}: {FileErrors.Text(e)}");
}
