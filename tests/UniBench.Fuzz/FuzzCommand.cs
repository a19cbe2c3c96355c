using System.Globalization;

namespace UniBench.Fuzz;

/// <summary>`./run.sh fuzz`.</summary>
internal static class FuzzCommand
{
    public const string Usage = """
        usage: ./run.sh fuzz [--seconds N] [--seed S] [--machine kvm|sandbox|all] [--part hypercalls|programs|results|all]

        Gives UniBench hostile inputs: hypercalls with random and boundary arguments from guests that write into what they share with the
        monitor, damaged programs, damaged results files. A crash or a hang of the monitor, an internal error, and anything of the host
        that changed is a failure, printed with the command that repeats it. Exit code 1 then. The machine's own tests are elsewhere:
        ./run.sh test.

          --seconds N   for hypercalls on each machine, a fifth of that for each other part (60)
          --seed S      of the first inputs; the next ones have S + 1, S + 2, ... (random, and printed)
          --machine     machines; all: those that can be had here (all)
          --part        kinds of input (all)
        """;

    private const double OthersShare = 0.2;

    public static int Run(string[] options)
    {
        double seconds = 60;
        ulong seed = (ulong)Random.Shared.NextInt64(1_000_000_000);
        string machine = "all", kind = "all";
        for (int i = 0; i < options.Length; i += 2)
        {
            string given = i + 1 < options.Length ? options[i + 1] : "";
            bool known = options[i] switch
            {
                "--seconds" => double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out seconds) && seconds > 0,
                "--seed" => ulong.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out seed),
                "--machine" => (machine = given) is Engines.Kvm or Engines.Sandbox or "all",
                "--part" => (kind = given) is Part.Hypercalls or Part.Programs or Part.Results or "all",
                _ => false,
            };
            if (!known)
            {
                Console.Error.WriteLine(options[i] is "--help" or "-h" ? Usage : $"fuzz: {options[i]} {given} is not understood\n{Usage}");
                return 2;
            }
        }

        Stop.Watch();
        Leftovers.AdoptOrphans();
        Console.WriteLine($"seed {seed.ToString(CultureInfo.InvariantCulture)}");
        int failed = 0, ran = 0;
        foreach (Part part in Parts(machine, kind).TakeWhile(_ => !Stop.IsAsked))
        {
            WatchedPart watched = new(part, seed, TimeSpan.FromSeconds(part.Kind == Part.Hypercalls || kind != "all" ? seconds : seconds * OthersShare), Console.WriteLine);
            bool sound = watched.Run();
            failed += sound ? 0 : 1;
            ran++;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{part}: {watched.Inputs:N0} inputs of {watched.Seeds:N0} seeds in {watched.Took.TotalSeconds:0} s, {watched.Inputs / watched.Took.TotalSeconds:N0} a second{(sound ? "" : ": FAILED")}"));
        }

        return failed > 0 ? 1 : Stop.IsAsked ? 130 : ran > 0 ? 0 : 4;
    }

    private static IEnumerable<Part> Parts(string machine, string kind)
    {
        string[] machines = machine == "all" ? [Engines.Kvm, Engines.Sandbox] : [machine];
        foreach (string one in machines)
        {
            if (kind != Part.Results && Engines.Lacks(one) is { } why)
            {
                Console.WriteLine($"{one}: left out: {why}");
                continue;
            }

            foreach (string each in new[] { Part.Hypercalls, Part.Programs }.Where(k => kind == k || kind == "all"))
            {
                yield return new Part(each, one);
            }
        }

        if (kind is Part.Results || (kind == "all" && machine == "all"))
        {
            yield return new Part(Part.Results, "");
        }
    }
}
