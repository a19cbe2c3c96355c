using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using NUnit.Framework;
using UniBench.Measure;
using UniBench.Reports;
using UniBench.Reports.Languages;
using UniBench.Tests.Measure;

namespace UniBench.Tests.Reports;

/// <summary>The HTML report as headless Chromium shows it: a script at the end of the page looks and writes down what it saw.</summary>
public sealed partial class HtmlInBrowserTests
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];
    private static readonly RunResults Results = FabricatedRun.Pipeline();
    private string folder = "";

    [SetUp]
    public void Make() => folder = Directory.CreateTempSubdirectory("unibench-html-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);

    [TestCase(1, "rgb(255, 255, 255)", "rgb(31, 35, 40)")]
    [TestCase(0, "rgb(13, 17, 23)", "rgb(230, 237, 243)")]
    public void Page_and_charts_follow_the_colour_scheme(int scheme, string paper, string ink)
    {
        JsonElement seen = Look(
            Language.English,
            """
            const fill = selector => getComputedStyle(document.querySelector(selector)).fill;
            ({ body: getComputedStyle(document.body).backgroundColor, paper: fill('.chart .paper'), text: fill('.chart text'), process: fill('.chart .fill.process') })
            """,
            scheme);
        Assert.That(seen.GetProperty("body").GetString(), Is.EqualTo(paper));
        Assert.That(seen.GetProperty("paper").GetString(), Is.EqualTo(paper));
        Assert.That(seen.GetProperty("text").GetString(), Is.EqualTo(ink));
        Assert.That(seen.GetProperty("process").GetString(), Is.EqualTo(ink));
    }

    [TestCase("en")]
    [TestCase("el")]
    public void A_click_on_a_title_sorts_numbers_and_ratios_a_second_one_turns_them_round(string language)
    {
        // The first table: size, placement, three medians, unikernel and container against the process.
        JsonElement seen = Look(
            Language.All.Single(l => l.Code == language),
            """
            const table = document.querySelector('table');
            const column = i => [...table.tBodies[0].rows].map(r => r.cells[i].textContent);
            const click = i => { table.querySelectorAll('th button')[i].click(); return column(i); };
            ({ up: click(3), down: click(3), ratios: click(5), slower: click(6), sorted: table.querySelectorAll('th[aria-sort]').length, rows: column(0), sizes: click(0) })
            """);
        double[] process = [.. Results.Cases.Where(c => c is { Name: "rtt", Backend: "process" }).Select(c => c.Summary!.Median).Order()];
        Assert.That(Firsts(seen, "up"), Is.EqualTo(process.Select(m => m / 1000)).Within(0.5).Percent);
        Assert.That(Firsts(seen, "down"), Is.EqualTo(Firsts(seen, "up").Reverse()));
        double[] ratios = [.. seen.GetProperty("ratios").EnumerateArray().Select(e => Improvement(e.GetString()!))];
        Assert.That(ratios, Is.Ordered.And.Length.EqualTo(12));
        string[] slower = [.. seen.GetProperty("slower").EnumerateArray().Select(e => e.GetString()!)];
        Assert.That(slower.Take(6).Select(Improvement), Is.Ordered);
        Assert.That(slower.Skip(6), Is.All.EqualTo("-"));
        Assert.That(seen.GetProperty("sorted").GetInt32(), Is.EqualTo(1));
        string[] sizes = [.. seen.GetProperty("sizes").EnumerateArray().Select(e => e.GetString()!).Distinct()];
        Assert.That(sizes, Is.EqualTo(new[] { "1", "64", "1k", "4k", "16k", "64k" }));
        Assert.That(seen.GetProperty("rows").EnumerateArray().Select(e => e.GetString()).Distinct().Count(), Is.EqualTo(6));
    }

    [Test]
    public void Nothing_is_loaded_nothing_fails_and_every_point_has_a_tooltip()
    {
        JsonElement seen = Look(
            Language.English,
            """
            ({ loaded: performance.getEntriesByType('resource').length, errors: window.wrong,
               charts: document.querySelectorAll('.chart svg').length,
               points: document.querySelectorAll('.chart svg .fill').length, tips: document.querySelectorAll('.chart svg .fill title').length })
            """);
        Assert.That(seen.GetProperty("loaded").GetInt32(), Is.Zero);
        Assert.That(seen.GetProperty("errors").GetInt32(), Is.Zero);
        Assert.That(seen.GetProperty("charts").GetInt32(), Is.EqualTo(6));
        Assert.That(seen.GetProperty("tips").GetInt32(), Is.GreaterThan(100));
    }

    private static IEnumerable<double> Firsts(JsonElement seen, string name) => seen.GetProperty(name).EnumerateArray().Select(e => First(e.GetString()!));

    private static double First(string text) => double.Parse(Number().Match(text).Value.Replace(',', '.'), System.Globalization.CultureInfo.InvariantCulture);

    private static double Improvement(string text) => text.Contains("slower") || text.Contains("βραδύτερο") ? 1 / First(text) : First(text);

    /// <param name="script">Its last expression is what was seen.</param>
    private JsonElement Look(Language language, string script, int scheme = 1)
    {
        string html = ReportWriter.Render([new ReportRun("sample", Results)], ReportFormat.Html, language)[0].Text;
        html = html.Replace("<head>", "<head><script>window.wrong = 0; window.addEventListener('error', () => window.wrong++);</script>")
            .Replace("</body>", $"<script>const seen = eval({JsonSerializer.Serialize(script)}); const out = document.createElement('output'); out.id = 'seen'; out.textContent = encodeURIComponent(JSON.stringify(seen)); document.body.append(out);</script></body>");
        string page = Path.Combine(folder, "page.html");
        File.WriteAllText(page, html);
        ProcessStartInfo start = new(Browser())
        {
            ArgumentList = { "--headless", "--no-sandbox", "--disable-gpu", $"--user-data-dir={folder}/profile", $"--blink-settings=preferredColorScheme={scheme}", "--dump-dom", $"file://{page}" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string dom = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Match match = Seen().Match(dom);
        Assert.That(match.Success, $"the page's script did not finish: {errors.Result}");
        return JsonDocument.Parse(Uri.UnescapeDataString(match.Groups[1].Value)).RootElement;
    }

    private static string Browser()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        string? found = folders.SelectMany(f => Names.Select(n => Path.Combine(f, n))).FirstOrDefault(File.Exists);
        if (found is null)
        {
            Assert.Ignore("there is no Chromium: install chromium");
        }

        // A name without the program behind it (a stub that asks for another installer) is no browser.
        using Process version = Process.Start(new ProcessStartInfo(found!, ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        version.WaitForExit();
        if (version.ExitCode != 0)
        {
            Assert.Ignore($"{found} --version fails with {version.ExitCode}: install chromium");
        }

        return found!;
    }

    [GeneratedRegex("<output id=\"seen\">([^<]*)</output>")]
    private static partial Regex Seen();

    [GeneratedRegex(@"\d+(?:[.,]\d+)?")]
    private static partial Regex Number();
}
