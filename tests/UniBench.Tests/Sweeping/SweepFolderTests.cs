using System.Diagnostics;
using NUnit.Framework;
using UniBench.Cli.Sweeping;
using UniBench.Measure;
using UniBench.Reports;
using UniBench.Tests.Measure;

namespace UniBench.Tests.Sweeping;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SweepFolderTests : IDisposable
{
    private const int Rounds = 12;
    private readonly string top = Directory.CreateTempSubdirectory("unibench test-").FullName;
    private readonly SweepFolder folder;
    private readonly SweepShard shard;

    public SweepFolderTests()
    {
        SweepPlan plan = new("it's.csx", top, ["a b"], SweepPlan.ByRounds(Rounds, 1, _ => ["it's.csx"]));
        folder = new SweepFolder(Path.Combine(top, "out"), plan);
        shard = plan.Shards[0];
    }

    public void Dispose() => Directory.Delete(top, recursive: true);

    [Test]
    public void A_shard_is_done_when_it_ended_well_and_has_all_its_rounds()
    {
        Assert.That(folder.Failure(shard), Does.Contain("without an exit status"));
        Ended("3");
        Assert.That(folder.Failure(shard), Is.EqualTo("exit status 3"));
        Ended("0");
        Assert.That(folder.Failure(shard), Does.StartWith("exit status 0, but there is no "));
        Save(FabricatedRun.Pipeline(Rounds - 1));
        Assert.That(folder.Failure(shard), Is.EqualTo("11 of 12 rounds measured"));
        Save(FabricatedRun.Pipeline(Rounds) with { Interrupted = true });
        Assert.That(folder.Failure(shard), Is.EqualTo("12 of 12 rounds measured, and it was cut off"));
        Save(FabricatedRun.Pipeline(Rounds));
        Assert.That(folder.Failure(shard), Is.Null);
    }

    [Test]
    public void The_script_takes_any_path_and_begins_anew_goes_on_or_replaces()
    {
        Assert.That(Called(), Is.EqualTo($"run it's.csx --rounds 12 --out {folder.Run(shard)} -- a b"));
        Save(FabricatedRun.Pipeline(3) with { Interrupted = true });
        Assert.That(Called(), Is.EqualTo($"run it's.csx --rounds 12 --out {folder.Run(shard)} --resume -- a b"));
        Save(FabricatedRun.Pipeline(Rounds));
        Assert.That(Called(), Is.EqualTo($"run it's.csx --rounds 12 --out {folder.Run(shard)} --replace -- a b"));
        Assert.That(folder.Status(shard), Is.Zero);
        Ended("0");
        folder.Prepare(shard, ["false"]);
        Assert.That(folder.Status(shard), Is.Null, "what an earlier call left says nothing of this one");
    }

    private string Called()
    {
        folder.Prepare(shard, ["echo"]);
        using Process script = Process.Start("/bin/sh", [folder.Script(shard)]);
        script.WaitForExit();
        return File.ReadAllText(folder.Log(shard)).Trim();
    }

    private void Ended(string status) => File.WriteAllText(folder.Run(shard) + ".exit", status);

    private void Save(RunResults results)
    {
        Directory.CreateDirectory(folder.Run(shard));
        ResultsFile.Save(results, Path.Combine(folder.Run(shard), ResultsFile.Name));
    }
}
