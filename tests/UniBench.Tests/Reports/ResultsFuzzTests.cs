using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using UniBench.Cli;
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

    // Of any JSON value: the same in a place where it does not belong.
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1", "0.5", "1e999", "-1e999", "1e308", "5e-324", "9223372036854775807", "-9223372036854775808", "9223372036854775808", "2147483648",
        "\"\"", "\"\\u0000\"", "\"a/b\"", "\"../../x\"", "\"\\ud800\"", "\"0001-01-01T00:00:00+00:00\"", "\"9999-12-31T23:59:59-14:00\"", "[]", "[null]", "[[]]", "{}", "{\"\": null}",
    ];

    [Test]
    public void Mutated_results_give_a_report_or_one_line([Values(1, 2, 3, 4)] int seed)
    {
        byte[] sound = ResultsJson.Serialize(FabricatedRun.Pipeline(3));
        Random random = new(seed);
        int refused = 0;
        for (int i = 0; i < MutationsPerSeed; i++)
        {
            byte[] mutated = random.Next(8) == 0 ? Damaged(sound, random) : Mutated(sound, random, random.Next(1, 3));
            refused += Survives(mutated, $"seed {seed}, mutation {i}") ? 0 : 1;
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
    private static bool Survives(byte[] json, string what)
    {
        using Session session = new();
        string file = Path.Combine(session.Folder, "results.json"), sound = Path.Combine(session.Folder, "sound.json");
        File.WriteAllBytes(file, json);
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

    private static byte[] Damaged(byte[] sound, Random random)
    {
        byte[] copy = [.. sound];
        for (int n = random.Next(1, 4); n > 0; n--)
        {
            copy[random.Next(copy.Length)] = (byte)random.Next(256);
        }

        return random.Next(3) == 0 ? copy[..random.Next(copy.Length)] : copy;
    }

    /// <summary>Replaces, removes or repeats nodes anywhere in the tree, names of members too.</summary>
    private static byte[] Mutated(byte[] sound, Random random, int times)
    {
        JsonNode root = JsonNode.Parse(sound)!;
        string text = "";
        for (; times > 0; times--)
        {
            // As many mutations go to a kind of place as to another, however many of it there are.
            (JsonNode parent, string? name, int index)[] places = [.. Places(root).GroupBy(p => p.Kind).OrderBy(g => g.Key, StringComparer.Ordinal).ElementAt(random.Next(Places(root).Select(p => p.Kind).Distinct().Count())).Select(p => (p.Parent, p.Name, p.Index))];
            (JsonNode parent, string? name, int index) = places[random.Next(places.Length)];
            string value = Values[random.Next(Values.Length)];
            int how = random.Next(6);
            if (parent is JsonObject o)
            {
                if (how == 0)
                {
                    o.Remove(name!);
                }
                else if (how == 1)
                {
                    JsonNode? moved = o[name!];
                    o.Remove(name!);
                    o[value] = moved;
                }
                else
                {
                    o[name!] = Mark(value);
                }
            }
            else if (parent is JsonArray a)
            {
                if (how == 0)
                {
                    a.RemoveAt(index);
                }
                else if (how == 1)
                {
                    a.Add(a[index]?.DeepClone());
                }
                else
                {
                    a[index] = Mark(value);
                }
            }
        }

        text = root.ToJsonString();
        for (int i = 0; i < Values.Length; i++)
        {
            text = text.Replace($"\"mutant-{i}\"", Values[i], StringComparison.Ordinal);
        }

        return Encoding.UTF8.GetBytes(text);

        // Values that a tree cannot hold, such as 1e999, are put into its text.
        static JsonValue Mark(string value) => JsonValue.Create($"mutant-{Array.IndexOf(Values, value)}");
    }

    private static IEnumerable<(JsonNode Parent, string? Name, int Index, string Kind)> Places(JsonNode node, string kind = "")
    {
        if (node is JsonObject o)
        {
            foreach ((string name, JsonNode? child) in o)
            {
                yield return (o, name, 0, $"{kind}.{name}");
                foreach (var below in child is null ? [] : Places(child, $"{kind}.{name}"))
                {
                    yield return below;
                }
            }
        }
        else if (node is JsonArray a)
        {
            for (int i = 0; i < a.Count; i++)
            {
                yield return (a, null, i, $"{kind}[]");
                foreach (var below in a[i] is { } child ? Places(child, $"{kind}[]") : [])
                {
                    yield return below;
                }
            }
        }
    }
}
