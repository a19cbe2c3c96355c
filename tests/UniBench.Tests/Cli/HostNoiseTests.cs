using System.Diagnostics;
using NUnit.Framework;
using UniBench.Measure;
using UniBench.Workbench.Running;

namespace UniBench.Tests.Cli;

internal sealed class HostNoiseTests
{
    private static readonly HostNoise Quiet = new(At: 0, BusyS: 1000, OwnS: 50, Load: 0.1, Throttled: 3, FrequencyKhz: 3_000_000, OtherVms: [], HugePages: "madvise", Collapsed: 5);

    [Test]
    public void A_run_that_was_alone_has_no_finding()
    {
        // Ten seconds: 12 CPU seconds of this process, 7 of what it launched, half a second of the machine's own.
        Assert.That(Codes(Quiet, After() with { BusyS = 1019.5, OwnS = 62 }, launched: 7), Is.Empty);
    }

    [TestCase("company", "other processes kept 0.5 CPUs busy")]
    [TestCase("load", "the load was 1.5 on 2 CPUs")]
    [TestCase("throttled", "slowed down for heat 2 times")]
    [TestCase("frequency", "3.00 GHz before and 2.50 GHz after")]
    [TestCase("other-vms", "firecracker (17), qemu-system-x86 (4)")]
    [TestCase("huge-pages", "'madvise' before and 'always' after the run")]
    [TestCase("collapsed-pages", "khugepaged made 7 huge pages")]
    public void What_disturbed_is_told_with_its_size(string code, string message)
    {
        HostNoise before = code switch
        {
            "load" => Quiet with { Load = 1.5 },
            "other-vms" => Quiet with { OtherVms = ["firecracker (17)"] },
            _ => Quiet,
        };
        HostNoise after = code switch
        {
            "company" => After() with { BusyS = 1005 },
            "throttled" => After() with { Throttled = 5 },
            "frequency" => After() with { FrequencyKhz = 2_500_000 },
            "huge-pages" => After() with { HugePages = "always" },
            "collapsed-pages" => After() with { Collapsed = 12 },
            "other-vms" => After() with { OtherVms = ["firecracker (17)", "qemu-system-x86 (4)"] },
            _ => After(),
        };
        Finding finding = before.FindingsUntil(after, 0, 2).Single();
        Assert.That(finding.Code, Is.EqualTo(code));
        Assert.That(finding.Message, Does.Contain(message));
    }

    [Test]
    public void Huge_pages_that_come_unasked_are_told_without_alarm()
    {
        Finding finding = (Quiet with { HugePages = "always" }).FindingsUntil(After() with { HugePages = "always" }, 0, 2).Single();
        Assert.That((finding.Code, finding.Severity), Is.EqualTo(("huge-pages", Severity.Info)));
    }

    [Test]
    public void What_a_machine_does_not_tell_is_no_finding() =>
        Assert.That(Codes(Silent(Quiet), Silent(After()), 0), Is.Empty);

    [Test]
    public void This_machine_can_be_read()
    {
        HostNoise now = HostNoise.Read();
        Assert.That(now.BusyS, Is.GreaterThan(now.OwnS).And.GreaterThan(0));
        Assert.That(ClockFloor.Measure().CostNs, Is.GreaterThan(0));
        Assert.That(ClockFloor.Measure().StepNs, Is.GreaterThan(0).And.LessThan(1e9));
    }

    private static HostNoise Silent(HostNoise noise) => noise with { Throttled = null, FrequencyKhz = null, HugePages = null, Collapsed = null };

    private static HostNoise After() => Quiet with { At = 10 * Stopwatch.Frequency };

    private static IEnumerable<string> Codes(HostNoise before, HostNoise after, double launched) => before.FindingsUntil(after, launched, 2).Select(f => f.Code);
}
