using NUnit.Framework;
using UniBench.Cli;
using UniBench.Workloads;

namespace UniBench.Tests.Cli;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ScratchRunTests : IDisposable
{
    private readonly Session session = new();
    private readonly List<string> found = [];
    private string directory = "";

    public void Dispose() => session.Dispose();

    [TestCase(true, "text|text|text")]
    [TestCase(false, "text|text+|text++")]
    public void A_writable_scratch_directory_is_as_described_for_every_launch(bool writable, string expected)
    {
        session.Use(new ReplayBackend("process") { Answer = Change });
        string code = $"""
            var files = Scratch().Text("note", "text");
            Case("a", Program("true")).In(files, writable: {(writable ? "true" : "false")}).Env("PATH", files.Programs).Metric("wall_ms", "ms", Lower);
            """;
        Assert.That(session.Run(code, "--backends", "process", "--rounds", "2", "--warmup", "1"), Is.EqualTo(ExitCodes.Ok), session.Errors);
        Assert.That(string.Join('|', found), Is.EqualTo(expected));
        Assert.That(Path.Exists(directory), Is.False, "removed after the run");
        string[] changed = [.. session.Load().Findings.Where(f => f.Code == "scratch-changed").Select(f => f.Message)];
        Assert.That(changed, writable ? Is.Empty : Is.EqualTo(new[] { "a workload changed files that were given to it for reading: note" }));
    }

    [Test]
    public void A_variable_of_a_case_replaces_the_usual_one()
    {
        session.Run("Case(\"a\", Program(\"true\")).Env(\"PATH\", \"/x\").Metric(\"wall_ms\", \"ms\", Lower);", "--backends", "process", "--rounds", "1");
        Assert.That(session.Backends["process"].Launches[0].Environment.Where(e => e.StartsWith("PATH=", StringComparison.Ordinal)), Is.EqualTo(new[] { "PATH=/x" }));
    }

    private LaunchResult Change(LaunchRequest request, int launch)
    {
        directory = request.WorkingDirectory;
        string note = Path.Combine(directory, "note");
        found.Add(File.ReadAllText(note));
        File.AppendAllText(note, "+");
        return ReplayBackend.Printed("");
    }
}
