using NUnit.Framework;
using UniBench.Cli.Sweeping;
using UniBench.Workbench;

namespace UniBench.Tests.Sweeping;

/// <summary>Slurm's commands as scripts that answer at once, and the real ones where they are installed.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SlurmExecutorTests : IDisposable
{
    private const string RunsAll = "for i in $(sed -n 's/^#SBATCH --array=//p' \"$2\" | tr , ' '); do SLURM_ARRAY_TASK_ID=$i sh \"$2\"; done; echo 17";
    private readonly string top = Directory.CreateTempSubdirectory("unibench-test-").FullName;
    private readonly List<string> told = [];
    private readonly List<int> ended = [];

    private string Commands => Path.Combine(top, "bin");

    public void Dispose() => Directory.Delete(top, recursive: true);

    [Test]
    public void Every_shard_runs_in_arrays_that_are_no_larger_than_Slurm_takes()
    {
        (SweepFolder folder, SweepPlan plan) = Sweep(5);
        Slurm("scontrol", "echo 'MaxArraySize            = 3'");
        Slurm("sbatch", RunsAll);
        Slurm("squeue", "true");
        Run(folder, plan.Shards);
        Assert.That(ended, Is.EqualTo(new[] { 0, 1, 2, 3, 4 }));
        Assert.That(plan.Shards.Select(folder.Status), Is.All.Zero);
        Assert.That(plan.Shards.Select(s => File.ReadAllText(folder.Log(s)).Trim()), Is.EqualTo(Enumerable.Range(0, 5).Select(i => $"run s.csx --seed {i} --rounds 1 --out {folder.Directory}/shards/000{i} -- own")));
        Assert.That(Directory.GetFiles(folder.Directory, "*.sbatch"), Has.Length.EqualTo(3));
        string[] last = File.ReadAllLines(Path.Combine(folder.Directory, "sweep-2.sbatch"));
        Assert.That(last, Is.SupersetOf(new[] { "#SBATCH --array=0", "#SBATCH --exclusive", "#SBATCH --nodes=1", "#SBATCH --partition=p", "#SBATCH --job-name=name" }));
    }

    [Test]
    public void Only_the_shards_that_are_asked_for_are_submitted()
    {
        (SweepFolder folder, SweepPlan plan) = Sweep(4);
        Slurm("scontrol", "echo nothing");
        Slurm("sbatch", RunsAll);
        Slurm("squeue", "echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1");
        Run(folder, [plan.Shards[1], plan.Shards[3]]);
        Assert.That(ended, Is.EqualTo(new[] { 1, 3 }));
        Assert.That(File.ReadAllText(Path.Combine(folder.Directory, "sweep-0.sbatch")), Does.Contain("#SBATCH --array=1,3\n"));
    }

    [Test]
    public void A_shard_that_leaves_the_queue_without_a_status_has_failed()
    {
        (SweepFolder folder, SweepPlan plan) = Sweep(2);
        Slurm("scontrol", "echo nothing");
        Slurm("sbatch", "SLURM_ARRAY_TASK_ID=1 sh \"$2\"; echo 17");
        Slurm("squeue", $"[ ! -e {top}/asked ] || exit 0; touch {top}/asked; echo '17|RUNNING|None'; echo '17|PENDING|Resources'");
        Run(folder, plan.Shards);
        Assert.That(ended, Is.EqualTo(new[] { 1, 0 }));
        Assert.That(folder.Failure(plan.Shards[0]), Does.Contain("without an exit status"));
        Assert.That(told, Has.Member("1 running, 1 pending (resources)"));
    }

    [Test]
    public void What_Slurm_refuses_is_said_in_its_own_words()
    {
        (SweepFolder folder, SweepPlan plan) = Sweep(1);
        Slurm("scontrol", "echo nothing");
        Slurm("sbatch", "echo 'sbatch: error: invalid partition specified: p' >&2; exit 1");
        Assert.That(() => Run(folder, plan.Shards), Throws.TypeOf<UsageException>().With.Message.EqualTo("sbatch: exit status 1: sbatch: error: invalid partition specified: p"));
        File.Delete(Path.Combine(Commands, "scontrol"));
        Assert.That(() => Run(folder, plan.Shards), Throws.TypeOf<UsageException>().With.Message.Contain("apt-get install slurm-client"));
    }

    [Test]
    public void Jobs_of_an_earlier_call_are_known_as_long_as_they_are_queued()
    {
        (SweepFolder folder, _) = Sweep(1);
        SlurmExecutor executor = Executor(folder);
        Slurm("squeue", "echo '17|RUNNING|None'");
        Assert.That(executor.UnderWay(), Is.Empty, "there was none");
        File.WriteAllText(Path.Combine(folder.Directory, "jobs"), "17\n");
        Assert.That(executor.UnderWay(), Is.EqualTo(new[] { "17" }));
        Slurm("squeue", "true");
        Assert.That(executor.UnderWay(), Is.Empty);
    }

    private SlurmExecutor Executor(SweepFolder folder) => new(folder, "name", ["--partition=p"], TimeSpan.FromMilliseconds(1), Commands);

    private void Run(SweepFolder folder, IReadOnlyList<SweepShard> shards) => Executor(folder).Run(shards, told.Add, s => ended.Add(s.Number), CancellationToken.None);

    /// <summary>A sweep whose unibench prints what it was called with.</summary>
    private (SweepFolder Folder, SweepPlan Plan) Sweep(int shards)
    {
        SweepPlan plan = new("s.csx", "/", ["own"], SweepPlan.ByRounds(shards, shards, i => ["s.csx", "--seed", $"{i}"]));
        SweepFolder folder = new(Path.Combine(top, "sweep"), plan);
        plan.Shards.ToList().ForEach(s => folder.Prepare(s, ["echo"]));
        return (folder, plan);
    }

    private void Slurm(string command, string script)
    {
        string path = Path.Combine(Commands, command);
        Directory.CreateDirectory(Commands);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
