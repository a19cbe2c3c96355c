using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using UniBench.Workbench;

namespace UniBench.Cli.Sweeping;

/// <summary>What a sweep is made of; kept as sweep.json, so that one that is gone on with is the one that was begun.</summary>
/// <param name="Directory">Where scripts and programs with relative paths are found.</param>
/// <param name="Rest">The script's own arguments.</param>
internal sealed record SweepPlan(string Scenario, string Directory, IReadOnlyList<string> Rest, IReadOnlyList<SweepShard> Shards)
{
    public const string FileName = "sweep.json";

    /// <summary>The option of `run`.</summary>
    public const string Seed = "--seed";

    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    /// <summary>Of shard 0.</summary>
    [JsonIgnore]
    public long? FirstSeed => Shards.Count > 0 && Shards[0].Arguments.SkipWhile(a => a != Seed).Skip(1).FirstOrDefault() is { } text && long.TryParse(text, CultureInfo.InvariantCulture, out long seed) ? seed : null;

    /// <summary>Each machine gets whole rounds, as alike in number as can be: launches of one round are compared with each other, so no round spans machines.</summary>
    /// <param name="arguments">Of `unibench run` for all of them.</param>
    public static IReadOnlyList<SweepShard> ByRounds(int rounds, int machines, Func<int, IReadOnlyList<string>> arguments)
    {
        if (machines > rounds)
        {
            throw new UsageException(FormattableString.Invariant($"--nodes {machines}: {rounds} rounds are whole rounds for {rounds} machines at most"));
        }

        List<SweepShard> shards = [];
        for (int i = 0, first = 0; i < machines; i++)
        {
            int own = (rounds / machines) + (i < rounds % machines ? 1 : 0);
            string what = own == 1 ? FormattableString.Invariant($"round {first + 1} of {rounds}") : FormattableString.Invariant($"rounds {first + 1} to {first + own} of {rounds}");
            shards.Add(new SweepShard(i, what, own, [.. arguments(i), "--rounds", Text(own)]));
            first += own;
        }

        return shards;
    }

    /// <summary>Each machine gets all rounds of some values, as alike in number as can be: a case is measured on one machine.</summary>
    public static IReadOnlyList<SweepShard> ByParameter(string name, IReadOnlyList<string> values, int rounds, int machines, Func<int, IReadOnlyList<string>> arguments)
    {
        if (machines > values.Count)
        {
            throw new UsageException(FormattableString.Invariant($"--nodes {machines}: {name} has {values.Count} values, for {values.Count} machines at most"));
        }

        return
        [
            .. Enumerable.Range(0, machines).Select(i =>
            {
                // Dealt out like cards: neighbouring values, which take alike long, go to different machines.
                string own = $"{name}={string.Join(',', values.Where((_, v) => v % machines == i))}";
                return new SweepShard(i, own, rounds, [.. arguments(i), "--param", own, "--rounds", Text(rounds)]);
            }),
        ];
    }

    /// <exception cref="UsageException">There is none, or it is none.</exception>
    public static SweepPlan Load(string directory)
    {
        string file = Path.Combine(directory, FileName);
        try
        {
            return JsonSerializer.Deserialize<SweepPlan>(File.ReadAllText(file), Options) ?? throw new JsonException("it holds null");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UsageException($"--resume: {file} is no sweep: {e.Message}");
        }
    }

    public void Save(string directory) => File.WriteAllText(Path.Combine(directory, FileName), JsonSerializer.Serialize(this, Options) + "\n");

    /// <summary>Whether the same is asked for.</summary>
    public bool IsSame(SweepPlan other) => JsonSerializer.Serialize(this, Options) == JsonSerializer.Serialize(other, Options);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
