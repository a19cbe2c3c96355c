namespace UniBench.Cli.Sweeping;

/// <summary>A part of a sweep that runs on one machine: whole rounds, or the cases of some values of a parameter.</summary>
/// <param name="What">For who reads: "rounds 1 to 5 of 20", "size=1,64".</param>
/// <param name="Rounds">Measured rounds.</param>
/// <param name="Arguments">Of `unibench run`, without where to put the results and what is the script's.</param>
internal sealed record SweepShard(int Number, string What, int Rounds, IReadOnlyList<string> Arguments);
