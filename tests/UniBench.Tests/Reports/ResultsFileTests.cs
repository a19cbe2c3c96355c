using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using NUnit.Framework;
using UniBench.Measure;
using UniBench.Reports;
using UniBench.Tests.Measure;

namespace UniBench.Tests.Reports;

public sealed class ResultsFileTests
{
    private static readonly RunResults Results = FabricatedRun.Pipeline(3);

    [Test]
    public void What_was_saved_loads_and_saves_to_the_same_bytes()
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "round-trip.json");
        ResultsFile.Save(Results, path);
        RunResults loaded = ResultsFile.Load(path);
        Assert.That(ResultsJson.Serialize(loaded), Is.EqualTo(File.ReadAllBytes(path)));
        Assert.That(loaded.Cases, Has.Count.EqualTo(Results.Cases.Count));
        Assert.That(loaded.Rounds[^1].Samples, Is.EqualTo(Results.Rounds[^1].Samples));
        Assert.That(File.Exists(path + ".tmp"), Is.False);
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void A_number_that_is_not_finite_is_refused_and_the_old_file_stays(double value)
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "refused.json");
        File.WriteAllText(path, "old");
        RoundRecord broken = Results.Rounds[0] with { Samples = new Dictionary<string, double> { ["x"] = value } };
        Assert.That(() => ResultsFile.Save(Results with { Rounds = [broken] }, path), Throws.ArgumentException);
        Assert.That(File.ReadAllText(path), Is.EqualTo("old"));
    }

    [Test]
    public void The_shipped_schema_describes_every_member_and_no_other() =>
        Assert.That(new SchemaCheck(Schema()).Errors(JsonDocument.Parse(Json()).RootElement), Is.Empty);

    [TestCase("\"better\": \"lower\"", "\"better\": \"less\"")]
    [TestCase("\"title\": ", "\"titel\": ")]
    [TestCase("\"round\": 1,", "\"round\": 1.5,")]
    [TestCase("\"unit\": \"ns\"", "\"unit\": null")]
    [TestCase("\"schema\": \"unibench/1\"", "\"schema\": \"unibench/3\"")]
    public void The_shipped_schema_refuses_what_is_wrong(string right, string wrong)
    {
        string json = Json();
        Assert.That(json, Does.Contain(right));
        Assert.That(new SchemaCheck(Schema()).Errors(JsonDocument.Parse(json.Replace(right, wrong)).RootElement), Is.Not.Empty);
    }

    [Test]
    public void Unknown_members_are_ignored() =>
        Assert.That(Load(Json().Replace("\"title\":", "\"new_member\": {\"a\": 1}, \"title\":")).Title, Is.EqualTo(Results.Title));

    [Test]
    public void A_full_disk_leaves_the_old_file_and_no_half_of_a_new_one()
    {
        string folder = Directory.CreateTempSubdirectory("unibench-test-").FullName;
        try
        {
            string path = Path.Combine(folder, ResultsFile.Name);
            File.WriteAllText(path, "old");
            File.CreateSymbolicLink(path + ".tmp", "/dev/full");
            Assert.That(() => ResultsFile.Save(FabricatedRun.Pipeline(), path), Throws.InstanceOf<IOException>());
            Assert.That(File.ReadAllText(path), Is.EqualTo("old"));
            Assert.That(Directory.EnumerateFileSystemEntries(folder), Is.EqualTo(new[] { path }));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void Another_schema_is_refused_by_name() =>
        Assert.That(
            () => Load(Json().Replace("unibench/1", "unibench/9")),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("unibench/9"));

    [Test]
    public void A_file_that_is_of_another_schema_altogether_is_told_by_its_schema() =>
        Assert.That(() => Load("{\"schema\": \"foreign/1\"}"), Throws.TypeOf<InvalidDataException>().With.Message.Contains("its schema is foreign/1"));

    [Test]
    public void An_outline_has_the_launches_of_the_whole()
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "outlined.json");
        ResultsFile.Save(Results, path);
        LaunchTimes outline = ResultsFile.LoadOutline(path);
        Assert.That(outline.Scenario.Path, Is.EqualTo(Results.Scenario.Path));
        Assert.That(outline.Rounds, Is.EqualTo(Results.Rounds.Select(r => new LaunchTimes.Launch(r.CaseId, r.StartedAt, r.WallS, r.Status))));
    }

    [TestCase("{}")]
    [TestCase("null")]
    [TestCase("not json")]
    public void What_is_not_a_results_file_is_refused(string content) =>
        Assert.That(() => Load(content), Throws.TypeOf<InvalidDataException>());

    internal static JsonElement Schema([CallerFilePath] string test = "") =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(test)!, "../../../docs/results.schema.json"))).RootElement;

    private static string Json() => Encoding.UTF8.GetString(ResultsJson.Serialize(Results));

    private static RunResults Load(string json)
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "loaded.json");
        File.WriteAllText(path, json);
        return ResultsFile.Load(path);
    }
}
