namespace UniBench.Cli.Sweeping;

/// <summary>Something that runs shards: the machines of a cluster, or this one.</summary>
internal interface ISweepExecutor
{
    /// <summary>Jobs of an earlier call that have not ended.</summary>
    IReadOnlyList<string> UnderWay();

    /// <summary>Runs shards whose scripts are written, and returns when none of them is under way any more.</summary>
    /// <param name="tell">Is told how far it is, a line at a time.</param>
    /// <param name="ended">Is told each shard that has ended, well or not.</param>
    /// <exception cref="OperationCanceledException">The user gave up waiting.</exception>
    void Run(IReadOnlyList<SweepShard> shards, Action<string> tell, Action<SweepShard> ended, CancellationToken cancellation);
}
