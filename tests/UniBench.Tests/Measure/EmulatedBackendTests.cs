using NUnit.Framework;
using UniBench.Backends;
using UniBench.Measure;

namespace UniBench.Tests.Measure;

internal sealed class EmulatedBackendTests
{
    private static readonly RunResults Run = FabricatedRun.On(VmAccelerator.Hardware.Traits, VmAccelerator.Emulation.Traits, ProcessBackend.Kind);

    [Test]
    public void What_an_emulated_processor_took_is_compared_with_nothing()
    {
        foreach (CaseMetric one in Run.Cases.Where(c => c.Summary is not null && c.Backend != "process"))
        {
            bool emulated = one.Backend == VmAccelerator.Emulation.Traits.Name;
            Assert.That(RatioToReference.SamePlacement(Run, one), emulated ? Is.Null : Is.Not.Null, one.Id);
            Assert.That(RatioToReference.BestPlacement(Run, one), emulated ? Is.Null : Is.Not.Null, one.Id);
        }
    }

    [Test]
    public void A_reader_is_told_which_backend_that_is()
    {
        Finding told = Run.Findings.Single(f => f.Code == "emulated");
        Assert.That(told.Message, Does.StartWith("vm-tcg runs on an emulated processor").And.Contain("TCG"));
        Assert.That(ResultsBuilder.Reassemble(Run, Run.Rounds).Findings.Count(f => f.Code == "emulated"), Is.EqualTo(1), "once, however often the results are computed");
    }
}
