using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace UniBench.Tests;

/// <summary>A test that takes minutes in the emulated machine: it is left out there, by name, unless everything was asked for (<c>UNIBENCH_EMULATED</c>
/// is set to <c>short</c> or <c>all</c> by `run.sh test`).</summary>
/// <param name="what">What costs the time.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class TooLongEmulatedAttribute(string what) : NUnitAttribute, IApplyToTest
{
    public static bool LeavesOut => Environment.GetEnvironmentVariable("UNIBENCH_EMULATED") == "short";

    public static string Reason => "too long for the emulated machine (./run.sh test --all runs it)";

    public void ApplyToTest(Test test)
    {
        if (LeavesOut && test.RunState == RunState.Runnable)
        {
            test.RunState = RunState.Ignored;
            test.Properties.Set(PropertyNames.SkipReason, $"{Reason}: {what}");
        }
    }
}
