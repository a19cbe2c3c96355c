namespace UniBench.Suites;

internal enum Verdict
{
    Passed,

    /// <summary>The test says that this system has not what it needs.</summary>
    DoesNotApply,
    Failed,
}
