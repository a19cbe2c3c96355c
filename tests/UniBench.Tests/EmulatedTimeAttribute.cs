using NUnit.Framework;
using NUnit.Framework.Interfaces;

[assembly: UniBench.Tests.EmulatedTime]

namespace UniBench.Tests;

/// <summary>Before every test: is there time for it in the emulated machine?</summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class EmulatedTimeAttribute : Attribute, ITestAction
{
    public ActionTargets Targets => ActionTargets.Test;

    public void BeforeTest(ITest test) => Emulated.RequireTime();

    public void AfterTest(ITest test)
    {
    }
}
