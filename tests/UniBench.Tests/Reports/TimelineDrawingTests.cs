using System.Globalization;
using System.Xml.Linq;
using NUnit.Framework;
using UniBench.Reports.Timelines;

namespace UniBench.Tests.Reports;

/// <summary>Timelines are read back as they were written, and drawn.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TimelineDrawingTests : IDisposable
{
    private const long Ms = 1_000_000;
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Test]
    public void A_launch_is_read_back_as_it_was_written()
    {
        TimelineLaunch launch = TimelineReader.Read(Written(Pipeline)).Single();
        Assert.That(launch.Title, Is.EqualTo("seq | sort"));
        Assert.That(launch.Rows.Select(r => r.Name), Is.EqualTo(new[] { "sh 2", "sort 3" }));
        Assert.That(launch.Rows[1].Programs, Is.EqualTo(new[] { new TimelineSlice("sh", "exec sort", 2, 3), new TimelineSlice("sort", "exited with 0", 3, 9) }));
        Assert.That(launch.Rows[0].Calls, Is.EqualTo(new[] { new TimelineSlice("wait", "pid 3", 4, 9.5) }));
        Assert.That(launch.Arrows, Is.EqualTo(new[] { new TimelineArrow("fork", 2, 2, 3, 2) }));
        Assert.That(launch.Curves[("pipe 1001", "MB/s")], Is.EqualTo(new[] { (5.0, 3.0), (6.0, 7.0), (7.0, 0.0) }));
        Assert.That(launch.End, Is.EqualTo(10));
    }

    [Test]
    public void A_file_cut_off_in_an_event_gives_what_came_before()
    {
        string text = Written(Pipeline);
        TimelineLaunch launch = TimelineReader.Read(text[..text.LastIndexOf("\"E\"", StringComparison.Ordinal)]).Single();
        Assert.That(launch.Rows[0].Programs.Single(), Is.EqualTo(new TimelineSlice("sh", "", 0, 9.5)), "it runs to the last event");
    }

    [TestCase("hello")]
    [TestCase("{\"a\":1}")]
    public void Something_else_is_refused(string text)
    {
        Assert.That(() => TimelineReader.Read(text), Throws.TypeOf<FormatException>().With.Message.StartsWith("not a timeline"));
    }

    [Test]
    public void A_picture_has_a_bar_for_each_program_and_call_with_its_length()
    {
        XNamespace svg = "http://www.w3.org/2000/svg";
        XElement picture = XElement.Parse(TimelineDrawing.Draw(TimelineReader.Read(Written(Pipeline)).Single(), 0, 10));
        string[] tips = [.. picture.Descendants(svg + "rect").Select(r => r.Element(svg + "title")?.Value).OfType<string>()];
        Assert.That(tips, Is.EqualTo(new[] { "sh: exited with 0, 10.000 ms", "wait pid 3, 5.500 ms", "sh: exec sort, 1.000 ms", "sort: exited with 0, 6.000 ms" }));
        Assert.That(picture.Descendants(svg + "text").Select(t => t.Value), Is.SupersetOf(new[] { "seq | sort", "sh 2", "sort 3", "pipe 1001", "max 7 MB/s", "4 ms" }));
    }

    [Test]
    public void A_part_shows_who_lives_in_it()
    {
        string picture = TimelineDrawing.Draw(TimelineReader.Read(Written(Pipeline)).Single(), 0.5, 1);
        Assert.That(picture, Does.Contain("sh 2").And.Not.Contain("sort 3").And.Contain("600 µs"));
    }

    [TestCase(11, 12)]
    [TestCase(5, 5)]
    public void An_empty_part_is_refused(double from, double to)
    {
        TimelineLaunch launch = TimelineReader.Read(Written(Pipeline)).Single();
        Assert.That(() => TimelineDrawing.Draw(launch, from, to), Throws.ArgumentException.With.Message.Contains("--from and --to"));
    }

    [Test]
    public void More_processes_than_a_picture_has_room_for_are_refused_with_what_to_do()
    {
        string text = Written(file =>
        {
            int group = file.Launch("many");
            for (int pid = 2; pid <= TimelineDrawing.MostRows + 2; pid++)
            {
                file.Begin("p", group, pid, pid * Ms);
                file.End("", group, pid, (pid + 100) * Ms);
            }
        });
        Assert.That(
            () => TimelineDrawing.Draw(TimelineReader.Read(text).Single(), 0, 1000),
            Throws.ArgumentException.With.Message.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{TimelineDrawing.MostRows + 1} processes")));
    }

    private static void Pipeline(TimelineFile file)
    {
        int group = file.Launch("seq | sort");
        file.Row("sh 2", group, 2);
        file.Begin("sh", group, 2, 1 * Ms);
        file.Arrow("fork", group, 2, 3 * Ms, 3, 3 * Ms);
        file.Row("sh 3", group, 3);
        file.Begin("sh", group, 3, 3 * Ms);
        file.End("exec sort", group, 3, 4 * Ms);
        file.Row("sort 3", group, 3);
        file.Begin("sort", group, 3, 4 * Ms);
        file.Curve("pipe 1001", "MB/s", 3, group, 6 * Ms);
        file.Curve("pipe 1001", "MB/s", 0, group, 7 * Ms);
        file.Curve("pipe 1001", "MB/s", 7, group, 7 * Ms);
        file.Curve("pipe 1001", "MB/s", 0, group, 8 * Ms);
        file.End("exited with 0", group, 3, 10 * Ms);
        file.Slice("wait", "pid 3", group, 2, 5 * Ms, (10 * Ms) + 500_000);
        file.End("exited with 0", group, 2, 11 * Ms);
    }

    private string Written(Action<TimelineFile> write)
    {
        using (TimelineFile file = new(_file, Assert.Fail))
        {
            write(file);
        }

        return File.ReadAllText(_file);
    }
}
