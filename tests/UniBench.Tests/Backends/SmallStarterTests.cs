using System.Globalization;
using NUnit.Framework;
using UniBench.Backends;
using UniBench.Host;
using UniBench.Workloads;
using static UniBench.Tests.Backends.Shell;

namespace UniBench.Tests.Backends;

/// <summary>Processes without a control group around them, as users without root have them.</summary>
internal sealed class SmallStarterTests
{
    [SetUp]
    public void NeedsBusybox() => Shell.Require();

    [Test]
    public void Peak_memory_of_a_process_is_its_own_and_not_this_ones()
    {
        const int Much = 64 << 20, Little = 16 << 20;
        byte[] ours = new byte[Much];
        Array.Fill(ours, (byte)1);
        (FamilyRun run, _) = Run(Script("exit 3"));
        Assert.That(run.Statuses, Is.EqualTo((ExitStatus[])[ExitStatus.Exited(3)]));
        Assert.That(run.MaxRssBytes, Is.Positive.And.LessThan(Little));
        (FamilyRun large, _) = Run(new ProcessSpec(Busybox, ["dd", "if=/dev/zero", "of=/dev/null", "bs=32M", "count=1", "status=none"]));
        Assert.That(large.MaxRssBytes, Is.GreaterThan(32 << 20), "and what it takes is seen");
        GC.KeepAlive(ours);
    }

    [Test]
    public void Stages_are_children_of_this_process_in_a_group_of_the_first_ones_number()
    {
        const string Facts = "read -r pid comm state parent group rest </proc/self/stat; echo $pid $parent $group";
        (FamilyRun run, string text) = Run(Script(Facts), Script($"cat; {Facts}"));
        int[][] stages = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray())];
        Assert.That(run.Statuses, Has.All.EqualTo(ExitStatus.Exited(0)));
        Assert.That(stages.Select(s => s[1]), Is.EqualTo(new[] { Environment.ProcessId, Environment.ProcessId }), text);
        Assert.That(stages.Select(s => s[2]), Is.EqualTo(new[] { stages[0][0], stages[0][0] }), text);
    }

    [Test]
    public void Its_descriptors_are_the_three_it_was_given()
    {
        (_, string text) = Run(Script("ls /proc/self/fd"));
        Assert.That(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(new[] { "0", "1", "2", "3" }), "the fourth is ls's own");
    }

    [Test]
    public void A_program_that_cannot_be_executed_is_told_by_its_own_name_and_nothing_is_left()
    {
        string path = Path.GetTempFileName();
        string seconds = $"93{Environment.ProcessId}";
        try
        {
            File.WriteAllText(path, "neither ELF nor script");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            Assert.That(
                () => Run(new ProcessSpec(Busybox, ["sleep", seconds]), new ProcessSpec(path, ["x"])),
                Throws.TypeOf<LaunchException>().With.Message.Contains(path).And.Message.Contains("ENOEXEC"));
            Assert.That(ProcessesWith(seconds), Is.Empty);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void One_that_takes_too_long_is_killed_with_its_children()
    {
        string seconds = $"92{Environment.ProcessId}";
        using HostPipe output = new();
        int end = HostPipe.Number(output.Writer);
        ProcessStart start = new(Script($"sleep {seconds} & wait"), ["PATH=/bin"], "/", [end, end, end]);
        FamilyRun run = new SpawnedFamily(null).Run([start], output.Writer.Dispose, [], TimeSpan.FromMilliseconds(300), CancellationToken.None);
        Assert.That(run.Outcome, Is.EqualTo(FamilyOutcome.TimedOut));
        Assert.That(ProcessesWith(seconds), Is.Empty);
    }

    /// <summary>A pipeline, and what its last stage wrote.</summary>
    private static (FamilyRun Run, string Text) Run(params ProcessSpec[] stages)
    {
        using HostPipe output = new();
        List<HostPipe> pipes = [.. stages.Skip(1).Select(_ => new HostPipe())];
        ProcessStart[] starts = [.. stages.Select((stage, i) => new ProcessStart(
            stage, ["PATH=/bin"], "/", [i == 0 ? 0 : HostPipe.Number(pipes[i - 1].Reader), i == pipes.Count ? HostPipe.Number(output.Writer) : HostPipe.Number(pipes[i].Writer), 2]))];
        FamilyRun run = new SpawnedFamily(null).Run(starts, Close, [], Patience.Seconds(20), CancellationToken.None);
        using StreamReader reader = new(new FileStream(output.Reader, FileAccess.Read));
        return (run, reader.ReadToEnd());

        void Close()
        {
            pipes.ForEach(p => p.Dispose());
            output.Writer.Dispose();
        }
    }
}
