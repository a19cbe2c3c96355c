using System.Globalization;

namespace UniBench.Fuzz;

/// <summary>
/// The process that may break: tries inputs of one part, each from a seed, until its time is over. It says on stdout which seed comes next
/// (<c>begin SEED</c>), how many inputs that were (<c>did N</c>), and what went wrong (<c>fault TEXT</c>).
/// </summary>
internal static class Worker
{
    /// <param name="arguments">Kind, machine, first seed, seconds, directory to work in.</param>
    public static int Run(string[] arguments)
    {
        ulong seed = ulong.Parse(arguments[2], CultureInfo.InvariantCulture);
        TimeSpan time = TimeSpan.FromSeconds(double.Parse(arguments[3], CultureInfo.InvariantCulture));
        using ISubject subject = arguments[0] switch
        {
            Part.Hypercalls => new HypercallSubject(arguments[1], arguments[4]),
            Part.Programs => new ProgramSubject(arguments[1], arguments[4]),
            _ => new ResultsSubject(arguments[4]),
        };
        long end = Environment.TickCount64 + (long)time.TotalMilliseconds;
        int faults = 0;
        for (; Environment.TickCount64 < end; seed++)
        {
            Say($"begin {seed}");
            Tried tried = subject.Try(seed);
            Say($"did {tried.Inputs}");
            if (tried.Fault is { } fault)
            {
                faults++;
                Say($"fault {fault.Replace("\n", "\n\t", StringComparison.Ordinal)}");
            }
        }

        return faults > 0 ? 1 : 0;
    }

    private static void Say(FormattableString line)
    {
        Console.Out.WriteLine(line.ToString(CultureInfo.InvariantCulture));
        Console.Out.Flush();
    }
}
