using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using UniBench.Cli;
using UniBench.Fuzz;
using UniBench.Measure;
using UniBench.Reports;
using UniBench.Tests.Cli;
using UniBench.Tests.Measure;

namespace UniBench.Tests.Reports;

/// <summary>Whatever a results file from elsewhere holds: a report, or exit code 2 and one line.</summary>
[Slow]
[TestFixture]
internal sealed class ResultsFuzzTests
{
    private const int MutationsPerSeed = 80;

    [Test]
    public void Mutated_results_give_a_report_or_one_line([Values(1, 2, 3, 4)] int seed)
    {
        byte[] sound = ResultsJson.Serialize(FabricatedRun.Pipeline(3));
        Random random = new(seed);
        int refused = 0;
        for (int i = 0; i < MutationsPerSeed; i++)
        {
            byte[] mutated = ResultsMutator.Mutate(sound, random);
            refused += Survives(mutated, $"seed {seed}, mutation {i}") ? 0 : 1;
        }

        Assert.That(refused, Is.InRange(MutationsPerSeed / 10, MutationsPerSeed - 5), "mutations reach the checks, and not all matter");
    }

    [Test]
    public void Mutated_launches_beside_a_summary_give_a_report_or_one_line([Values(1, 2)] int seed)
    {
        RunResults run = FabricatedRun.Pipeline(3);
        byte[] summary = ResultsJson.SerializeSummary(run);
        string[] lines = [.. run.Rounds.Select(ResultsJson.Round)];
        Random random = new(seed);
        int refused = 0;
        for (int i = 0; i < MutationsPerSeed; i++)
        {
            int at = random.Next(lines.Length);
            byte[] mutated = ResultsMutator.Mutate(Encoding.UTF8.GetBytes(lines[at]), random);
            byte[] launches = [.. Encoding.UTF8.GetBytes(string.Concat(lines[..at].Select(l => l + "\n"))), .. mutated, (byte)'\n', .. Encoding.UTF8.GetBytes(string.Concat(lines[(at + 1)..].Select(l => l + "\n")))];
            refused += Survives(summary, $"seed {seed}, mutation {i}", launches) ? 0 : 1;
        }

        Assert.That(refused, Is.InRange(MutationsPerSeed / 10, MutationsPerSeed - 5), "mutations reach the checks, and not all matter");
    }

    [TestCase("\"params\": {", "\"params\": null, \"x\": {")]
    [TestCase("\"cases\": [", "\"cases\": [ null, ")]
    [TestCase("\"wall_s\": ", "\"wall_s\": 1e999, \"x\": ")]
    [TestCase("\"environment\": {", "\"environment\": null, \"x\": {")]
    [TestCase("\"host_limits\": {", "\"host_limits\": { \"a\": null, ")]
    [TestCase("\"title\": ", "\"title\": \"twice\", \"title\": ")]
    public void What_a_review_found_is_one_line(string right, string wrong)
    {
        string sound = Encoding.UTF8.GetString(ResultsJson.Serialize(FabricatedRun.Pipeline(3)));
        Assert.That(sound, Does.Contain(right));
        Assert.That(Survives(Encoding.UTF8.GetBytes(sound.Replace(right, wrong, StringComparison.Ordinal)), wrong), Is.False);
    }

    [Test]
    public void Two_cases_of_one_name_are_one_line()
    {
        JsonNode root = JsonNode.Parse(ResultsJson.Serialize(FabricatedRun.Pipeline(3)))!;
        root["cases"]!.AsArray().Add(root["cases"]![2]!.DeepClone());
        Assert.That(Survives(Encoding.UTF8.GetBytes(root.ToJsonString()), "a case twice"), Is.False);
    }

    [Test]
    public void A_file_of_endless_size_is_refused_before_it_is_read_to_its_end()
    {
        using Session session = new();
        string file = Path.Combine(session.Folder, "results.json");
        using (FileStream stream = File.Create(file))
        {
            stream.SetLength(ResultsFile.MostBytes * 100); // a hole
        }

        Assert.That(session.Call("report", file, "--out", "-", "--format", "md"), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain(file).And.Contain("64 MB"));
    }

    /// <returns>False if it was refused, as it should be.</returns>
    private static bool Survives(byte[] json, string what, byte[]? launches = null)
    {
        using Session session = new();
        string file = Path.Combine(session.Folder, "results.json"), sound = Path.Combine(session.Folder, "sound.json");
        File.WriteAllBytes(file, json);
        if (launches is not null)
        {
            File.WriteAllBytes(Path.Combine(session.Folder, RoundsFile.Name), launches);
        }

        File.WriteAllBytes(sound, ResultsJson.Serialize(FabricatedRun.Pipeline(3)));
        int report = session.Call("report", file, "--out", session.Results, "--format", "md,html,csv,json,junit,tex");
        Check(session, report, json, what);
        int compare = session.Call("compare", sound, file);
        Check(session, compare, json, what);
        return report != ExitCodes.Usage;
    }

    private static void Check(Session session, int code, byte[] json, string what)
    {
        if (code == ExitCodes.InternalError || (code == ExitCodes.Usage && session.Errors.TrimEnd().Split('\n').Any(l => !l.StartsWith("unibench: ", StringComparison.Ordinal))))
        {
            string kept = Path.Combine(TestContext.CurrentContext.WorkDirectory, "mutated-results.json");
            File.WriteAllBytes(kept, json);
            Assert.Fail($"{what}: exit code {code}, {session.Errors}\nthe file is {kept}");
        }
    }
}
