using System.Globalization;
using System.Runtime.InteropServices;
using UniBench.Workloads;

namespace UniBench.Suites;

/// <summary>`./run.sh test --suites`: somebody else's tests, on Linux and on each engine that can run here.</summary>
internal static class SuitesCommand
{
    private const string Usage = """
        usage: ./run.sh test --suites --ltp DIR [--runtest LIST] [--only TEXT] [--backends LIST] [--timeout SECONDS] [--least PERCENT] [--out DIR]

        Runs a test suite that lies built in DIR, each test as a Linux process and on each engine that can run here, and writes a table by group with
        causes. Counted are the tests that pass on Linux. Fetches nothing. Exit code 3 if an engine passes fewer than --least of them.

          --ltp DIR         the Linux Test Project, installed or built in its tree
          --runtest LIST    its runtest files (syscalls)
          --only TEXT       tests with this in their names
          --backends LIST   engines, by default all that can run here
          --timeout SECONDS for each test on each backend (60)
          --least PERCENT   of what passes on Linux (95)
          --out DIR         where report.md and tests.csv go (reports/DATE-ltp)
        """;

    public static int Run(string[] options)
    {
        string ltp = "", runtest = "syscalls", only = "", output = "", engines = "";
        double seconds = 60, least = 95;
        for (int i = 0; i < options.Length; i += 2)
        {
            string given = i + 1 < options.Length ? options[i + 1] : "";
            bool known = given.Length > 0 && options[i] switch
            {
                "--ltp" => (ltp = given).Length > 0,
                "--runtest" => (runtest = given).Length > 0,
                "--only" => (only = given).Length > 0,
                "--out" => (output = given).Length > 0,
                "--backends" => (engines = given).Length > 0,
                "--timeout" => double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out seconds) && seconds > 0,
                "--least" => double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out least),
                _ => false,
            };
            if (!known)
            {
                Console.Error.WriteLine(options[i] is "--help" or "-h" ? Usage : $"suites: {options[i]} {given} is not understood\n{Usage}");
                return 2;
            }
        }

        if (ltp.Length == 0)
        {
            Console.Error.WriteLine($"suites: which one? --ltp DIR\n{Usage}");
            return 2;
        }

        using CancellationTokenSource stop = new();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask), end = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask);
        void Ask(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }

        try
        {
            LtpSuite suite = new(ltp);
            using Backends set = new(engines);
            SuiteTest[] tests = [.. runtest.Split(',').SelectMany(suite.Tests).Where(t => t.Name.Contains(only, StringComparison.Ordinal)).DistinctBy(t => t.Name)];
            Surroundings surroundings = new(suite, TimeSpan.FromSeconds(seconds));
            SuiteReport report = new($"LTP: {runtest}", Backends.Linux, set.Engines);
            foreach (SuiteTest test in tests.TakeWhile(_ => !stop.IsCancellationRequested))
            {
                Dictionary<string, TestOutcome> outcomes = set.All.ToDictionary(b => b.Name, b => surroundings.Try(b, test, stop.Token));
                if (!stop.IsCancellationRequested)
                {
                    report.Add(test, outcomes);
                    Console.WriteLine($"{test.Name}: {string.Join(", ", outcomes.Select(o => $"{o.Key} {(o.Value.Verdict == Verdict.Passed ? "passed" : o.Value.Cause)}"))}");
                }
            }

            string folder = output.Length > 0 ? output : Path.Combine("reports", $"{DateTime.Now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}-ltp");
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "report.md"), report.ToMarkdown());
            File.WriteAllText(Path.Combine(folder, "tests.csv"), report.ToCsv());
            if (suite.NotBuilt.Count > 0)
            {
                Console.WriteLine($"{suite.NotBuilt.Count} tests were not built");
            }

            foreach (string engine in set.Engines)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{engine}: {report.Passed(engine)} of {report.Counted} that pass on Linux, {report.Percent(engine):0.0} %"));
            }

            Console.WriteLine($"report: {Path.Combine(folder, "report.md")}");
            return stop.IsCancellationRequested ? 130 : report.Counted == 0 ? 5 : set.Engines.Any(e => report.Percent(e) < least) ? 3 : 0;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"suites: {e.Message}");
            return 2;
        }
        catch (LaunchException e)
        {
            Console.Error.WriteLine($"suites: {e.Message}");
            return 4;
        }
    }
}
