using NUnit.Framework;

namespace UniBench.Tests;

/// <summary>What takes seconds: left out by `run.sh test --quick` (`TestCategory=Slow`).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class SlowAttribute() : CategoryAttribute(Category)
{
    public const string Category = "Slow";
}
