using System.Diagnostics;
using System.Globalization;
using NUnit.Framework;
using NUnit.Framework.Interfaces;

[assembly: UniBench.Tests.EmulatedTime]

namespace UniBench.Tests;

/// <summary>Leaves out, by name, what the emulated machine has no time left for (<c>UNIBENCH_EMULATED_MINUTES</c> since this process started), so that
/// a busy machine tests less and fails nothing.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class EmulatedTimeAttribute : Attribute, ITestAction
{
    private static readonly long Start = Stopwatch.GetTimestamp();

    private static readonly double? Minutes =
        Environment.GetEnvironmentVariable("UNIBENCH_EMULATED_MINUTES") is { Length: > 0 } minutes ? double.Parse(minutes, CultureInfo.InvariantCulture) : null;

    public ActionTargets Targets => ActionTargets.Test;

    public void BeforeTest(ITest test)
    {
        if (Minutes is { } most && Stopwatch.GetElapsedTime(Start).TotalMinutes >= most)
        {
            Assert.Ignore($"no time left in the emulated machine after {most:0.#} minutes (./run.sh test --all has more)");
        }
    }

    public void AfterTest(ITest test)
    {
    }
}
