namespace UniBench.Cli.Host;

/// <summary>What a fact of the host means for measuring.</summary>
internal enum Verdict
{
    /// <summary>A fact, neither good nor bad.</summary>
    Neutral,

    Good,

    /// <summary>Numbers need care.</summary>
    Doubtful,

    /// <summary>Something cannot be done here.</summary>
    Bad,
}
