using NUnit.Framework;

namespace UniBench.Tests;

/// <summary>What takes tens of seconds together: left out by `run.sh test --quick` (`TestCategory=Slow`).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class SlowAttribute() : CategoryAttribute("Slow");
