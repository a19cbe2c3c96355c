using System.Diagnostics;
using System.Globalization;
using UniBench.Backends;
using UniBench.Host;
using UniBench.Workloads;

namespace UniBench.Fuzz.Soak;

/// <summary>`./run.sh soak`.</summary>
internal static class SoakCommand
{
    public const string Usage = """
        usage: ./run.sh soak [--minutes N] [--seed S]

        Runs workloads on all backends that can run here, one or two at once, while processes and unibench itself are killed, interrupted, and
        run out of descriptors, threads, memory and disk. Afterwards no process, container, control group, mount or file may be left, what should
        end has ended, saved results can be read, and the next run works. What does not hold is printed with the seed that repeats it; exit code 1.

          --minutes N   how long (5)
          --seed S      of the first round; the next ones have S + 1, S + 2, ... (random, and printed)
        """;

    public static int Run(string[] options)
    {
        double minutes = 5;
        ulong seed = (ulong)Random.Shared.NextInt64(1_000_000_000);
        for (int i = 0; i < options.Length; i += 2)
        {
            string given = i + 1 < options.Length ? options[i + 1] : "";
            bool known = options[i] switch
            {
                "--minutes" => double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out minutes) && minutes > 0,
                "--seed" => ulong.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out seed),
                _ => false,
            };
            if (!known)
            {
                Console.Error.WriteLine(options[i] is "--help" or "-h" ? Usage : $"soak: {options[i]} {given} is not understood\n{Usage}");
                return 2;
            }
        }

        Stop.Watch();
        Leftovers.AdoptOrphans();
        string[] backends = [.. BackendRegistry.Usual.Where(CanRun)];
        Fault[] faults = [.. Enum.GetValues<Fault>().Where(f => !Skip(f))];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, backends {string.Join(", ", backends)}"));
        int[] own = Leftovers.Own(); // of the look at backends
        string folder = Directory.CreateTempSubdirectory("soak-").FullName;
        long started = Stopwatch.GetTimestamp();
        Dictionary<Fault, int> rounds = [];
        int failed = 0;
        for (; Stopwatch.GetElapsedTime(started).TotalMinutes < minutes && !Stop.IsAsked; seed++)
        {
            SoakRound round = new(seed, backends, faults, folder, own);
            IReadOnlyList<string> wrong = round.Run();
            rounds[round.Fault] = rounds.GetValueOrDefault(round.Fault) + 1;
            if (wrong.Count > 0 && !Stop.IsAsked)
            {
                failed++;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"FAILED: seed {seed}, {round.Fault}:\n{string.Join('\n', wrong)}\n  again: ./run.sh soak --seed {seed} --minutes 0.01"));
            }
        }

        PrivateDirectory.Remove(folder);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{rounds.Values.Sum()} rounds in {Stopwatch.GetElapsedTime(started).TotalMinutes:0.0} min ({string.Join(", ", rounds.OrderBy(r => r.Key).Select(r => $"{r.Key} {r.Value}"))}), {failed} failed"));
        return failed > 0 ? 1 : Stop.IsAsked ? 130 : 0;
    }

    private static bool CanRun(string name)
    {
        using IBackend backend = BackendRegistry.Create(name);
        Availability probe = backend.Probe();
        if (!probe.IsAvailable)
        {
            Console.WriteLine($"{name}: left out: {probe.Reason}");
        }

        return probe.IsAvailable;
    }

    private static bool Skip(Fault fault)
    {
        if (Surroundings.Lacks(fault) is not { } why)
        {
            return false;
        }

        Console.WriteLine($"left out: {why}");
        return true;
    }
}
