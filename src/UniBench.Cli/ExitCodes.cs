namespace UniBench.Cli;

/// <summary>What unibench's exit status means. 6, 10 and 11 are kept for comparisons: not comparable, regression, inconclusive.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;
    public const int InternalError = 1;
    public const int Usage = 2;
    public const int WorkloadFailed = 3;
    public const int BackendUnavailable = 4;
    public const int NothingMeasured = 5;

    /// <summary>exec only, as timeout(1) has it.</summary>
    public const int TimedOut = 124;

    public const int Interrupted = 130;
}
