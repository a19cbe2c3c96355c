using NUnit.Framework;
using UniBench.Monitor;
using UniBench.Monitor.Families;

namespace UniBench.Tests.Families;

[TestFixture]
internal sealed class FamilyBooksTests
{
    private const int Most = 100;

    [Test]
    public void A_limit_that_is_met_again_and_again_is_said_once()
    {
        FamilyBooks own = new();
        own.LimitHit("memory");
        own.LimitHit("memory");
        Assert.That(own.Limits, Is.EqualTo(new[] { "memory" }));
    }

    [Test]
    public void Guests_do_not_decide_how_much_is_kept_of_them()
    {
        FamilyBooks own = new();
        for (int i = 0; i < 3 * Most; i++)
        {
            own.Crashed(new CrashReport("program", i, 11, 0, "text"));
            own.LimitHit($"limit {i}");
        }

        Assert.That((own.Crashes.Count, own.Limits.Count, own.Crashes[^1].Pid), Is.EqualTo((Most, Most, Most - 1)));
    }

    [Test]
    public void That_reports_were_left_out_is_said()
    {
        FamilyBooks own = new();
        for (int i = 0; i <= Most; i++)
        {
            own.Crashed(new CrashReport("program", i, 11, 0, "text"));
        }

        Assert.That(own.Limits, Has.One.Contains($"first {Most}"));
    }

    [Test]
    public void Counters_that_are_zero_have_no_name_but_for_the_headlines()
    {
        FamilyBooks own = new();
        own.Entered(1);
        own.Entered(2);
        own.Entered(1);
        SortedDictionary<string, long> named = own.Named();
        Assert.That((named["processes"], named["processes.peak"], named["forks"]), Is.EqualTo((3, 2, 0)));
        Assert.That(named.Keys, Has.None.StartsWith("syscalls.").And.None.StartsWith("hypercalls."));
    }
}
