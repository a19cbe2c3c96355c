using UniBench.Workbench.Running;

namespace UniBench.Cli;

/// <summary>What unibench's exit status means.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;
    public const int InternalError = 1;
    public const int Usage = 2;
    public const int WorkloadFailed = 3;
    public const int BackendUnavailable = 4;
    public const int NothingMeasured = 5;

    /// <summary>Two runs differ in more than what is judged.</summary>
    public const int NotComparable = 6;

    /// <summary>A change for the worse, or a number that is not what the scenario requires.</summary>
    public const int Regression = 10;

    /// <summary>More rounds are needed; only where it was asked for.</summary>
    public const int Inconclusive = 11;

    /// <summary>The measuring itself cannot be trusted here: a self-comparison finds differences.</summary>
    public const int Untrustworthy = 12;

    /// <summary>exec only, as timeout(1) has it.</summary>
    public const int TimedOut = 124;

    /// <summary>exec only, as env(1) and docker have it, as the two below: unibench itself failed, the program was not run.</summary>
    public const int OwnFailure = 125;

    public const int CannotRun = 126;

    public const int NoProgram = 127;

    public const int Interrupted = 130;

    public static int Of(Ending ending) => ending switch
    {
        Ending.Complete => Ok,
        Ending.Interrupted => Interrupted,
        Ending.WorkloadFailed => WorkloadFailed,
        Ending.RequirementUnmet => Regression,
        Ending.BackendUnavailable => BackendUnavailable,
        Ending.NothingMeasured => NothingMeasured,
        _ => throw new ArgumentOutOfRangeException(nameof(ending)),
    };
}
