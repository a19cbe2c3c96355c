using System.Diagnostics;
using System.Runtime.CompilerServices;
using NUnit.Framework;
using UniBench.Measure;
using UniBench.Reports;
using UniBench.Reports.Languages;
using UniBench.Tests.Measure;

namespace UniBench.Tests.Reports;

/// <summary>Needs Debian's texlive-latex-extra, texlive-pictures and lmodern; for Greek also texlive-xetex, texlive-lang-greek, texlive-fonts-recommended and fonts-dejavu.</summary>
public sealed class LatexCompilesTests
{
    /// <summary>XeTeX's hyperref asks for it.</summary>
    private const string LinkFont = "pzdr.tfm";

    /// <summary>What an engine cannot start without, though its program is there: they are packages of their own.</summary>
    private static readonly Dictionary<string, string[]> Parts = new() { ["lualatex"] = ["luaotfload.sty"], ["xelatex"] = ["fontspec.sty"] };

    private string folder = "";

    [SetUp]
    public void Make() => folder = Directory.CreateTempSubdirectory("unibench-latex-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);

    [TestCase("pdflatex", "en", "thesis.tex")]
    [TestCase("lualatex", "en", "thesis.tex")]
    [TestCase("xelatex", "el", "diplomatiki.tex")]
    public void The_sample_chapter_compiles_and_finds_every_number_figure_and_reference(string engine, string language, string document)
    {
        Need(engine, ["pgfplots.sty", "longtable.sty", .. language == "el" ? ["gloss-greek.ldf", LinkFont] : new[] { "lmodern.sty" }]);
        foreach (string file in Directory.GetFiles(Source("docs/thesis"), "*.tex"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        RunResults results = ResultsFile.Load(Path.Combine(Source("reports/example-pipeline"), ResultsFile.Name));
        Write(results, Language.All.Single(l => l.Code == language));
        Run(engine, document);
        string log = Run(engine, document);
        Assert.That(log, Does.Not.Contain("Missing character").And.Not.Contain("There were undefined references"));
        Assert.That(File.Exists(Path.Combine(folder, Path.ChangeExtension(document, ".pdf"))));
    }

    [Test]
    public void A_whole_report_compiles_whatever_its_texts_hold()
    {
        const string Nasty = "\\end{document} $ & % # _ { } ~ ^ < > | \" ' ` -- \u001b \\input{x} %% ?` !` ≠ → 漢 é \ud83d\ude00";
        Need("pdflatex", "pgfplots.sty", "longtable.sty", "lmodern.sty");
        RunResults plain = FabricatedRun.Pipeline();
        RunResults results = plain with
        {
            Title = Nasty,
            Environment = plain.Environment with { Cpu = Nasty, CommandLine = Nasty },
            Findings = [new Finding(Severity.Warning, Nasty, Nasty, Nasty)],
            Cases = [.. plain.Cases.Select(c => c with { Name = $"{c.Name} {Nasty}", Reason = c.Reason is null ? null : Nasty })],
        };
        Write(results, Language.English);
        RunWhole("pdflatex", "\\usepackage{lmodern}");
    }

    [Test]
    public void A_whole_Greek_report_compiles()
    {
        Need("xelatex", "pgfplots.sty", "longtable.sty", "gloss-greek.ldf", LinkFont);
        Write(FabricatedRun.Pipeline(), Language.Greek);
        string log = RunWhole("xelatex", "\\usepackage{fontspec}\\setmainfont{DejaVu Serif}\\setmonofont{DejaVu Sans Mono}\\usepackage[english,main=greek]{babel}");
        Assert.That(log, Does.Not.Contain("Missing character"));
    }

    [Test]
    public void A_report_of_six_runs_compiles()
    {
        Need("pdflatex", "pgfplots.sty", "longtable.sty", "lmodern.sty");
        ReportRun[] runs = [.. Enumerable.Range(1, ReportWriter.MostRuns).Select(i => new ReportRun($"run {i}", FabricatedRun.Pipeline(i + 2)))];
        ReportWriter.Write(ReportFormat.Tex, ReportWriter.Render(runs, ReportFormat.Tex, Language.English), folder);
        RunWhole("pdflatex", "\\usepackage{lmodern}");
    }

    private string RunWhole(string engine, string fonts)
    {
        File.WriteAllText(Path.Combine(folder, "all.tex"), $"\\documentclass{{article}}{fonts}\\newcommand{{\\ubDir}}{{tex}}\\input{{tex/preamble.tex}}\\begin{{document}}\\input{{tex/report.tex}}\\end{{document}}");
        string log = Run(engine, "all.tex");
        Assert.That(File.Exists(Path.Combine(folder, "all.pdf")));
        return log;
    }

    private void Write(RunResults results, Language language) =>
        ReportWriter.Write(ReportFormat.Tex, ReportWriter.Render([new ReportRun("sample", results)], ReportFormat.Tex, language), folder);

    /// <returns>What the engine printed.</returns>
    private string Run(string engine, string document)
    {
        (int code, string output) = Call(engine, "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", document);
        Assert.That(code, Is.Zero, output);
        return output;
    }

    private void Need(string engine, params string[] files)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        if (Array.Find((string[])[engine, "kpsewhich"], program => !folders.Any(f => File.Exists(Path.Combine(f, program)))) is { } missing)
        {
            Assert.Ignore($"there is no {missing}: install texlive-latex-extra, texlive-xetex, texlive-luatex");
        }

        foreach (string file in files.Concat(Parts.GetValueOrDefault(engine, [])).Where(f => Call("kpsewhich", f).Code != 0))
        {
            Assert.Ignore($"TeX has no {file}: install texlive-pictures, texlive-latex-extra, texlive-luatex, texlive-xetex, texlive-lang-greek, texlive-fonts-recommended, lmodern");
        }
    }

    private (int Code, string Output) Call(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardInput = true })!;
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    private static string Source(string path, [CallerFilePath] string test = "") => Path.Combine(Path.GetDirectoryName(test)!, "../../..", path);
}
