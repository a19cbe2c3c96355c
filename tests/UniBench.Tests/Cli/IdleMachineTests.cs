using System.Diagnostics;
using NUnit.Framework;
using UniBench.Workbench.Running;

namespace UniBench.Tests.Cli;

/// <summary>`run --wait-idle`, on a machine whose readings are made up, a second apart.</summary>
public sealed class IdleMachineTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Test]
    public void An_idle_machine_is_measured_after_three_looks_and_nothing_is_said()
    {
        List<string> said = [];
        Assert.That(Wait(Minute, said, out int looks, _ => (0, 0.2)), Is.Null);
        Assert.That(looks, Is.EqualTo(1 + IdleMachine.Looks));
        Assert.That(said, Is.Empty);
    }

    [Test]
    public void A_pause_of_one_look_is_not_idle()
    {
        List<string> said = [];
        Assert.That(Wait(Minute, said, out int looks, look => (look is < 5 or 6 ? 1 : 0, 0.2)), Is.Null);
        Assert.That(looks, Is.EqualTo(7 + IdleMachine.Looks));
        Assert.That(said, Is.EqualTo(new[] { "other processes keep 1 CPUs busy" }), "once");
    }

    [Test]
    public void The_load_of_the_minute_before_counts_too()
    {
        List<string> said = [];
        Assert.That(Wait(TimeSpan.FromHours(1), said, out _, look => (0, look < 30 ? 1.5 : 0.5)), Is.Null);
        Assert.That(said, Is.EqualTo(new[] { "the load of the last minute is 1.5 on 2 CPUs" }));
    }

    [Test]
    public void One_that_stays_busy_is_told_with_what_keeps_it_so()
    {
        List<string> said = [];
        Assert.That(Wait(Minute, said, out int looks, _ => (0.5, 0.2)), Is.EqualTo("other processes keep 0.5 CPUs busy"));
        Assert.That(looks, Is.EqualTo(61));
    }

    /// <param name="at">CPUs that others keep busy until that look, and the load.</param>
    private static string? Wait(TimeSpan most, List<string> said, out int looks, Func<int, (double Foreign, double Load)> at)
    {
        int look = 0;
        double busy = 100;
        string? result = IdleMachine.Wait(most, 2, Look, said.Add, () => { });
        looks = look;
        return result;

        HostNoise Look()
        {
            (double foreign, double load) = at(look);
            busy += foreign;
            return new HostNoise(look++ * Stopwatch.Frequency, busy, 0, load, null, null, [], null, null);
        }
    }
}
