using NUnit.Framework;

namespace UniBench.Tests;

/// <summary>A test that runs VMs. `run.sh test` runs these in the emulated machine, too, or only there (`TestCategory=Kvm`).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class NeedsKvmAttribute() : CategoryAttribute(Category)
{
    public const string Category = "Kvm";
}
