using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace UniBench.Tests;

/// <summary>A test that takes minutes in the emulated machine: left out there, by name, unless everything was asked for.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class TooLongEmulatedAttribute : NUnitAttribute, IApplyToTest
{
    public void ApplyToTest(Test test)
    {
        if (Emulated.IsShort && test.RunState == RunState.Runnable)
        {
            test.RunState = RunState.Ignored;
            test.Properties.Set(PropertyNames.SkipReason, "takes minutes in the emulated machine (./run.sh test --all runs it)");
        }
    }
}
