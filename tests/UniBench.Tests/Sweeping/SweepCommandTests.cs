using System.Diagnostics;
using NUnit.Framework;
using UniBench.Cli;
using UniBench.Measure;
using UniBench.Reports;
using UniBench.Tests.Cli;

namespace UniBench.Tests.Sweeping;

/// <summary>Sweeps whose shards are real processes of unibench.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SweepCommandTests : IDisposable
{
    private const string Script = """Case("case", [Param("n", 1, 2)], p => Program("true", p["n"])).Metric("wall_ms", "ms", Lower);""";
    private readonly Session session = new();

    private string Out => Path.Combine(session.Folder, "sweep");

    public void Dispose() => session.Dispose();

    [Test]
    [Slow]
    [TooLongEmulated]
    public void Shards_of_rounds_become_one_run_and_what_is_missing_is_run_again()
    {
        Assert.That(Sweep("--nodes", "2", "--rounds", "3"), Is.Zero, session.Errors);
        RunResults run = ResultsFile.Load(Path.Combine(Out, ResultsFile.Name));
        Assert.That((run.RoundsPlanned, run.Interrupted, run.Cases.Count), Is.EqualTo((3, false, 2)));
        Assert.That(run.Cases, Has.All.Matches<CaseMetric>(c => c.Samples.Count == 3));
        DateTimeOffset[] first = Begun(0);

        Assert.That(Sweep("--nodes", "2", "--rounds", "3"), Is.EqualTo(ExitCodes.Usage), "it is there already");
        Directory.Delete(Path.Combine(Out, "shards", "0001"), recursive: true);
        File.Delete(Path.Combine(Out, "shards", "0001.exit"));
        Assert.That(Sweep("--nodes", "2", "--rounds", "3", "--resume"), Is.Zero, session.Errors);
        Assert.That(Begun(0), Is.EqualTo(first), "what was there stays");
        Assert.That(ResultsFile.Load(Path.Combine(Out, ResultsFile.Name)).Cases, Has.All.Matches<CaseMetric>(c => c.Samples.Count == 3));
        Assert.That(Sweep("--nodes", "3", "--rounds", "3", "--resume"), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain("was begun with other options"));
    }

    [Test]
    [Slow]
    [TooLongEmulated]
    public void Shards_of_a_parameter_become_one_run_with_all_its_cases()
    {
        Assert.That(Sweep("--by", "n", "--rounds", "2"), Is.Zero, session.Errors);
        RunResults run = ResultsFile.Load(Path.Combine(Out, ResultsFile.Name));
        Assert.That(run.Cases.Select(c => (c.Params["n"], c.Samples.Count)), Is.EqualTo(new[] { ("1", 2), ("2", 2) }));
        Assert.That(run.RoundsPlanned, Is.EqualTo(2));
    }

    [Test]
    [Slow]
    [TooLongEmulated]
    public void A_shard_that_fails_is_named_with_its_log_and_nothing_is_merged()
    {
        Assert.That(Run("""Case("case", Program("false")).Metric("wall_ms", "ms", Lower);""", "--rounds", "1"), Is.EqualTo(ExitCodes.WorkloadFailed));
        Assert.That(session.Errors, Does.Contain("shard 0 (round 1 of 1) failed: exit status 3").And.Contain("0000.log ends with:").And.Contain("--resume runs what is missing"));
        Assert.That(File.Exists(Path.Combine(Out, ResultsFile.Name)), Is.False);
    }

    [Test]
    public void A_dry_run_prints_what_each_machine_would_run_and_writes_nothing()
    {
        Assert.That(Sweep("--by", "n", "--rounds", "2", "--param", "n=4,5", "--seed", "7", "--dry-run"), Is.Zero, session.Errors);
        Assert.That(session.Out, Does.Contain("shard 0: n=4: unibench run ").And.Contain("--seed 8 --param n=5 --rounds 2").And.Not.Contain("n=4,5"));
        Assert.That(Directory.Exists(Out), Is.False);
    }

    [Test]
    public void A_parameter_that_is_none_is_answered_with_those_there_are()
    {
        Assert.That(Sweep("--by", "m"), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain("no parameter of that name: n"));
    }

    [Test]
    [Slow]
    [TooLongEmulated]
    public void Slurm_runs_the_same_shards()
    {
        UniBench.Tests.Require.Root();
        UniBench.Tests.Require.Slurm();
        using Cluster cluster = new();
        ProcessStartInfo start = new("dotnet", [typeof(ExitCodes).Assembly.Location, "sweep", session.Script(Script), "--on", "slurm", "--partition", "test", "--nodes", "2", "--rounds", "2", .. Common])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SLURM_CONF"] = cluster.Configuration;
        using Process sweep = Process.Start(start)!;
        Task<string> errors = sweep.StandardError.ReadToEndAsync();
        string output = sweep.StandardOutput.ReadToEnd();
        sweep.WaitForExit();
        Assert.That(sweep.ExitCode, Is.Zero, $"{output}\n{errors.Result}");
        Assert.That(ResultsFile.Load(Path.Combine(Out, ResultsFile.Name)).Cases, Has.All.Matches<CaseMetric>(c => c.Samples.Count == 2));
        Assert.That(File.ReadAllText(Path.Combine(Out, "sweep-0.sbatch")), Does.Contain("#SBATCH --array=0,1\n").And.Contain("#SBATCH --partition=test\n"));
    }

    private string[] Common => ["--backends", "process", "--warmup", "0", "--out", Out];

    private int Sweep(params string[] options) => Run(Script, options);

    private int Run(string script, params string[] options) => session.Call(["sweep", session.Script(script), .. Common, .. options]);

    private DateTimeOffset[] Begun(int shard) => [.. ResultsFile.Load(Path.Combine(Out, "shards", $"000{shard}", ResultsFile.Name)).Rounds.Select(r => r.StartedAt)];
}
