using System.Globalization;
using UniBench.Reports.Charts;

namespace UniBench.Reports.Timelines;

/// <summary>A launch as a picture: a bar for each process, light where it waits, dark where the monitor works for it; arrows; a curve for each pipe.</summary>
public static class TimelineDrawing
{
    /// <summary>A picture with more is no picture.</summary>
    public const int MostRows = 60, MostPipes = 6;

    private const int Width = 1000, Left = 130, Right = Width - 20, Top = 56, RowHeight = 24, BarHeight = 16, CurveHeight = 46;
    private const string Rate = "MB/s";
    private static readonly Paint Runs = new("#56b4e9", "runs"), Waits = new("#e6e9ed", "waits"), Works = new("#b23c00", "works");

    /// <summary>Asleep until something happens.</summary>
    private static readonly string[] Waiting = ["wait", "poll", "sleep", "pause", "vfork", "futex wait", "stop", "read pipe", "write pipe", "host read", "wait for a pipe"];

    /// <param name="from">The part that is drawn, ms since the launch began.</param>
    /// <exception cref="ArgumentException">Nothing happens in that part, or too much for a picture; the message says what to do.</exception>
    public static string Draw(TimelineLaunch launch, double from, double to)
    {
        ArgumentNullException.ThrowIfNull(launch);
        TimelineRow[] rows = [.. launch.Rows.Where(r => r.Programs.Any(p => p.To >= from && p.From <= to))];
        if (rows.Length is 0 or > MostRows || to <= from)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"{rows.Length} processes live between {from:0.###} and {to:0.###} ms; a picture has room for 1 to {MostRows}: choose a part of {launch.End:0.###} ms with --from and --to"));
        }

        var pipes = launch.Curves.Where(c => c.Key.Unit == Rate && c.Value.Any(p => p.At >= from && p.At <= to && p.Value > 0)).OrderBy(c => c.Key.Name, StringComparer.Ordinal).Take(MostPipes).ToArray();
        int bottom = Top + (rows.Length * RowHeight);
        int height = bottom + 46 + (pipes.Length * CurveHeight) + 34;
        Svg canvas = new(Width, height, $"{launch.Title}: what its processes did");
        canvas.Text(10, 24, launch.Title.Length <= 110 ? launch.Title : $"{launch.Title[..109]}…", weight: "bold");
        Axis time = Axis.Linear(from, to, Left, Right);
        bool fine = to - from < 1;
        Frame.XTicks(canvas, time.Ticks().Select(t => (time.At(t), $"{Axis.Label(fine ? t * 1e3 : t)} {(fine ? "µs" : "ms")}")), Top, bottom);
        Dictionary<int, int> at = [];
        for (int i = 0; i < rows.Length; i++)
        {
            at[rows[i].Pid] = Top + (i * RowHeight);
            Row(canvas, rows[i], time, from, to, at[rows[i].Pid]);
        }

        foreach (TimelineArrow arrow in launch.Arrows.Where(a => a.Sent >= from && a.Received <= to && at.ContainsKey(a.From) && at.ContainsKey(a.To)))
        {
            Arrow(canvas, arrow, time, at[arrow.From] + (RowHeight / 2), at[arrow.To] + (RowHeight / 2));
        }

        for (int i = 0; i < pipes.Length; i++)
        {
            Curve(canvas, pipes[i].Key.Name, pipes[i].Value, time, from, to, bottom + 40 + (i * CurveHeight));
        }

        Legend(canvas, height - 12);
        return canvas.ToString();
    }

    private static void Row(Svg canvas, TimelineRow row, Axis time, double from, double to, int y)
    {
        canvas.Text(Left - 8, y + 16, row.Name, "end");
        foreach (TimelineSlice program in row.Programs)
        {
            Bar(program, Runs, $"{program.Name}: {program.Detail}");
        }

        foreach (TimelineSlice call in row.Calls)
        {
            bool waits = Waiting.Any(w => call.Name.StartsWith(w, StringComparison.Ordinal));
            if (Bar(call, waits ? Waits : Works, $"{call.Name} {call.Detail}") is { } room && waits && room.Width > Svg.TextWidth(call.Name) + 6)
            {
                canvas.Text(room.X + (room.Width / 2), y + 16, call.Name, "middle");
            }
        }

        (double X, double Width)? Bar(TimelineSlice slice, Paint paint, string tip)
        {
            if (slice.To < from || slice.From > to)
            {
                return null;
            }

            double left = time.At(Math.Max(slice.From, from)), right = time.At(Math.Min(slice.To, to));
            canvas.Rectangle(left, y + 4, Math.Max(0.4, right - left), BarHeight, paint, string.Create(CultureInfo.InvariantCulture, $"{tip.TrimEnd(' ', ':')}, {slice.To - slice.From:0.000} ms"));
            return (left, right - left);
        }
    }

    private static void Arrow(Svg canvas, TimelineArrow arrow, Axis time, double y1, double y2)
    {
        double x1 = time.At(arrow.Sent), x2 = time.At(arrow.Received);
        bool down = y2 > y1;
        canvas.Line(x1, y1, x2, y2, Paint.Axis, arrow.Kind == "wake" ? 0.6 : 1.2, arrow.Kind switch { "exit" => "4 3", "wake" => "1 2", _ => "" });
        canvas.Path([(x2 - 3, y2 + (down ? -5 : 5)), (x2, y2), (x2 + 3, y2 + (down ? -5 : 5))], Paint.Axis, 1.2);
    }

    private static void Curve(Svg canvas, string name, IReadOnlyList<(double At, double Value)> values, Axis time, double from, double to, double top)
    {
        (double At, double Value)[] inside = [.. values.Where(v => v.At >= from && v.At <= to)];
        double most = inside.Max(v => v.Value), floor = top + CurveHeight - 10;
        List<(double, double)> points = [(Left, floor)];
        double level = floor;
        foreach ((double at, double value) in inside)
        {
            double x = time.At(at);
            points.Add((x, level));
            level = floor - (value / most * (CurveHeight - 16));
            points.Add((x, level));
        }

        points.Add((Right, level));
        canvas.Line(Left, floor, Right, floor, Paint.Grid);
        canvas.Path(points, Works, 1.5);
        canvas.Text(Left - 8, floor - 14, name, "end");
        canvas.Text(Left - 8, floor + 2, string.Create(CultureInfo.InvariantCulture, $"max {most:0.#} {Rate}"), "end");
    }

    private static void Legend(Svg canvas, double y)
    {
        double x = Left;
        foreach ((Paint paint, string text) in new[] { (Runs, "runs in the guest"), (Waits, "waits"), (Works, "is in the monitor") })
        {
            canvas.Rectangle(x, y - 11, 24, 12, paint, "");
            canvas.Text(x + 30, y, text);
            x += 54 + Svg.TextWidth(text);
        }

        foreach ((string dash, string text) in new[] { ("", "fork"), ("4 3", "exit"), ("1 2", "wake") })
        {
            canvas.Line(x, y - 5, x + 24, y - 5, Paint.Axis, dash == "1 2" ? 0.6 : 1.2, dash);
            canvas.Text(x + 30, y, text);
            x += 54 + Svg.TextWidth(text);
        }
    }
}
