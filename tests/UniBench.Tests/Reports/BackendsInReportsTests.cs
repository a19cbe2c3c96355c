using NUnit.Framework;
using UniBench.Backends;
using UniBench.Measure;
using UniBench.Measure.Comparing;
using UniBench.Measure.History;
using UniBench.Reports;
using UniBench.Reports.Charts;
using UniBench.Reports.Languages;
using UniBench.Tests.Measure;
using UniBench.Workloads;

namespace UniBench.Tests.Reports;

/// <summary>Reports know of backends what results say of them.</summary>
public sealed class BackendsInReportsTests
{
    private static readonly RunResults Four = FabricatedRun.On([.. BackendRegistry.Names.Select(BackendRegistry.TraitsOf)]);

    [Test]
    public void Answers_speak_of_both_backends_on_our_engine()
    {
        string[] answers = Answers(Four, Language.English);
        Assert.That(answers.Where(a => a.StartsWith("- rtt:", StringComparison.Ordinal)).Select(Words), Is.EqualTo(new[] { "as a unikernel, as a process", "in a sandbox, as a process" }));
        Assert.That(answers, Has.Length.EqualTo(4).And.All.Contain("faster ["));
        Assert.That(Answers(Four, Language.Greek).Select(a => (a.Contains("ως unikernel", StringComparison.Ordinal), a.Contains("σε sandbox", StringComparison.Ordinal), a.Contains("ως διεργασία", StringComparison.Ordinal))),
            Is.EqualTo(new[] { (true, false, true), (false, true, true), (true, false, true), (false, true, true) }));

        static string Words(string answer) => string.Join(", ", new[] { "as a unikernel", "in a sandbox", "as a process" }.Where(w => answer.Contains($" {w} ", StringComparison.Ordinal)));
    }

    [Test]
    public void The_sandbox_is_honestly_no_VM_in_both_languages_and_in_LaTeX()
    {
        BackendTraits sandbox = EnginePlatform.Sandbox.Traits;
        RunResults run = FabricatedRun.On(sandbox, ProcessBackend.Kind);
        Assert.That(Markdown(run, Language.English), Does.Contain("| sandbox | process isolation with a seccomp filter of 9 calls; not a VM | a warm process of the pool |"));
        Assert.That(Markdown(run, Language.Greek), Does.Contain("| sandbox | απομόνωση διεργασιών με φίλτρο seccomp 9 κλήσεων· όχι VM |"));
        Assert.That(Render(run, ReportFormat.Tex, Language.English).Single(f => f.Name == "tex/table-backends.tex").Text, Does.Contain("seccomp").And.Contain("not a VM"));
        Assert.That(Markdown(run, Language.English), Does.Not.Contain("VM exit").And.Not.Contain("unikernel"), "no KVM is between a sandbox and the machine");
    }

    [Test]
    public void Every_backend_has_a_colour_and_a_marker_of_its_own()
    {
        BackendStyles styles = BackendStyles.Of(Four);
        SeriesStyle[] all = [.. BackendRegistry.Names.Select(b => styles.Of(b, "same"))];
        Assert.That(all.Select(s => s.Paint.Colour), Is.Unique);
        Assert.That(all.Select(s => s.Paint.Dark), Is.Unique);
        Assert.That(all.Select(s => s.Marker), Is.Unique);
    }

    [Test]
    public void A_backend_that_nobody_knows_renders_in_what_the_palette_has_left()
    {
        BackendTraits future = new() { Name = "vm2" };
        RunResults run = FabricatedRun.On([.. BackendRegistry.Names.Select(BackendRegistry.TraitsOf), future]);
        BackendStyles styles = BackendStyles.Of(run);
        Assert.That(BackendRegistry.Names.Select(b => styles.Of(b, "same").Paint.Colour), Has.No.Member(styles.Of("vm2", "same").Paint.Colour));
        string report = Markdown(run, Language.English);
        Assert.That(report, Does.Contain("| vm-tcg, µs | vm2, µs |"), "behind those that have a place");
        Assert.That(Answers(run, Language.English), Has.Length.EqualTo(4), "nothing says that it is on our engine");
        Assert.That(Render(run, ReportFormat.Html, Language.English)[0].Text, Does.Contain(".chart .line.vm2 { stroke: #"));
        Assert.That(Render(run, ReportFormat.Tex, Language.Greek).Count(f => f.Name.EndsWith(".tex", StringComparison.Ordinal)), Is.GreaterThan(10));
    }

    [Test]
    public void More_backends_than_colours_still_render()
    {
        RunResults run = FabricatedRun.On([.. Enumerable.Range(0, 9).Select(i => new BackendTraits { Name = $"b{i}" }), ProcessBackend.Kind]);
        Assert.That(Markdown(run, Language.English), Does.Contain("b8"));
    }

    [TestCase("red", "#000000", "circle")]
    [TestCase("#000000", "\"/><script>", "circle")]
    [TestCase("#000000", "#ffffff", "heart")]
    [TestCase(null, null, null)]
    public void A_look_that_is_none_is_not_taken(string? colour, string? dark, string? marker)
    {
        SeriesStyle style = new BackendStyles([("odd \"name\"", new BackendLook(colour!, dark!, marker!))]).Of("odd \"name\"", "same");
        Assert.That(Palette.All.Select(e => e.Colour), Has.Member(style.Paint.Colour));
        Assert.That(style.Paint.Class, Does.Match("^[a-zA-Z0-9-]+$"));
    }

    [Test]
    public void What_earlier_results_did_not_keep_is_what_their_backends_say_today()
    {
        RunEnvironment earlier = Fabricated.Description().Environment;
        Assert.That(earlier.BackendTraits, Is.Empty);
        foreach (string name in new[] { "unikernel", "process", "container" })
        {
            BackendTraits was = earlier.TraitsOf(name), now = BackendRegistry.TraitsOf(name);
            Assert.That((was.Order, was.Look, was.IsEngine, was.IsVm, was.SeesHostFiles), Is.EqualTo((now.Order, now.Look, now.IsEngine, now.IsVm, now.SeesHostFiles)), name);
            Assert.That(was.Words.Select(w => (w.Key, w.Value.As)), Is.EquivalentTo(now.Words.Select(w => (w.Key, w.Value.As))), name);
        }
    }

    [Test]
    public void Every_backend_has_words_in_every_language()
    {
        foreach (BackendTraits traits in BackendRegistry.Names.Select(BackendRegistry.TraitsOf))
        {
            Assert.That(traits.Words.Keys, Is.EquivalentTo(Language.All.Select(l => l.Code)), traits.Name);
            Assert.That(traits.Words.Values.SelectMany(w => new[] { w.As, w.Isolation, w.Start, w.CpuTime }), Is.All.Not.Empty, traits.Name);
        }
    }

    [Test]
    public void Traits_survive_the_results_file_and_the_schema_knows_them()
    {
        RunResults loaded = ResultsJson.Deserialize(ResultsJson.Serialize(Four));
        Assert.That(Markdown(loaded, Language.Greek), Is.EqualTo(Markdown(Four, Language.Greek)));
        Assert.That(new SchemaCheck(ResultsFileTests.Schema()).Errors(System.Text.Json.JsonDocument.Parse(ResultsJson.Serialize(Four)).RootElement), Is.Empty);
    }

    [Test]
    public void The_sandbox_is_judged_and_the_others_are_controls()
    {
        ComparedMetric[] cases = [.. Comparison.Of(Four, Four, new Threshold(0.05)).Cases];
        Assert.That(cases.Where(c => c.IsJudged).Select(c => c.After.Backend).Distinct(), Is.EqualTo(new[] { "unikernel", "sandbox" }));
    }

    [Test]
    public void Another_version_of_our_engine_keeps_runs_comparable_another_runtime_does_not()
    {
        RunResults With(string engine, string runtime) => Four with
        {
            Environment = Four.Environment with { Backends = new Dictionary<string, string> { ["sandbox"] = engine, ["container"] = runtime } },
        };
        Assert.That(Comparability.Differences(With("1", "runc"), With("2", "runc")), Is.Empty);
        Assert.That(Comparability.Differences(With("1", "runc"), With("1", "crun")).Select(d => d.Aspect), Is.EqualTo(new[] { "backend" }));
    }

    [Test]
    public void A_history_keeps_the_look_of_its_backends()
    {
        HistorySeries[] series = [.. HistorySeries.Of([HistoryEntry.Of(Four)])];
        Assert.That(series.First(s => s.Backend == "sandbox").Look, Is.EqualTo(EnginePlatform.Sandbox.Traits.Look));
        HistorySeries[] earlier = [.. HistorySeries.Of([HistoryEntry.Of(Four) with { Looks = new Dictionary<string, BackendLook>() }])];
        Assert.That(earlier.First(s => s.Backend == "process").Look, Is.EqualTo(ProcessBackend.Kind.Look));
    }

    [Test]
    public void Each_backend_on_our_engine_has_macros_of_its_own()
    {
        string macros = Render(Four, ReportFormat.Tex, Language.English).Single(f => f.Name == "tex/macros.tex").Text;
        foreach (string name in new[] { "Unikernel", "Sandbox" })
        {
            Assert.That(macros, Does.Contain($"\\newcommand{{\\ubPipelineRttPFiveZero{name}}}").And.Contain($"\\newcommand{{\\ubPipelineRttPFiveZero{name}Ratio}}"));
        }

        Assert.That(macros, Does.Not.Contain("\\ubPipelineRttPFiveZeroRatio"), "a number that could be either's is nobody's");
        Assert.That(macros.Split("\\newcommand{\\ubPipelineRttPFiveZeroProcess}"), Has.Length.EqualTo(2));
    }

    private static IReadOnlyList<ReportFile> Render(RunResults run, ReportFormat format, Language language) => ReportWriter.Render([new ReportRun("r", run)], format, language);

    private static string Markdown(RunResults run, Language language) => Render(run, ReportFormat.Md, language)[0].Text;

    /// <summary>The bullets of the section of answers.</summary>
    private static string[] Answers(RunResults run, Language language) =>
        [.. Markdown(run, language).Split($"## {language.Answers}\n")[1].Split("\n## ")[0].Split('\n').Where(l => l.StartsWith("- ", StringComparison.Ordinal))];
}
