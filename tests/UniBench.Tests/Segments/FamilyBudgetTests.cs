using NUnit.Framework;
using UniBench.Monitor.Files;
using UniBench.Monitor.Memory;
using UniBench.Monitor.Segments;

namespace UniBench.Tests.Segments;

[TestFixture]
internal sealed class FamilyBudgetTests
{
    private const long Stride = 2 << 20;

    [Test]
    public void Nothing_is_taken_beyond_the_limit_and_what_is_given_back_can_be_taken_again()
    {
        FamilyBudget budget = new(100, 0, 0);
        Assert.That(budget.TryTake(60));
        Assert.That(budget.TryTake(41), Is.False);
        Assert.That(budget.TryTake(long.MaxValue), Is.False);
        Assert.That(budget.TryTake(-1), Is.False);
        Assert.That(budget.TryTake(40));
        budget.Give(60);
        Assert.That(budget.TryTake(61), Is.False);
        Assert.That(budget.TryTake(60));
    }

    [Test]
    public void A_family_that_has_all_its_pipes_leaves_the_engines_to_others()
    {
        using SegmentTable segments = new(ofFiles: false);
        FamilyBudget greedy = new(0, 3, 0), other = new(0, 3, 0);
        Ring[] held = [.. Enumerable.Range(0, 3).Select(_ => segments.CreateRing(greedy)!)];
        Assert.That(segments.CreateRing(greedy), Is.Null);
        Assert.That(segments.CreateRing(other), Is.Not.Null);
        segments.Free(held[1]);
        Assert.That(segments.CreateRing(greedy), Is.Not.Null);
    }

    [Test]
    public void Shared_memory_is_charged_until_it_is_free()
    {
        using SegmentTable segments = new(ofFiles: false);
        FamilyBudget budget = new(2 * Stride, 0, 0);
        Segment first = segments.CreateMemory(budget)!;
        Assert.That(segments.CreateMemory(budget), Is.Not.Null);
        Assert.That(segments.CreateMemory(budget), Is.Null);
        segments.Free(first);
        Assert.That(segments.CreateMemory(budget), Is.Not.Null);
    }

    [Test]
    public void Open_files_are_counted_for_all_processes_of_a_family()
    {
        OpenFiles files = new([], new FamilyBudget(0, 0, 2));
        int first = files.Add(Null());
        Assert.That(files.Add(Null()), Is.GreaterThanOrEqualTo(0));
        OpenFile third = Null();
        Assert.That(files.Add(third), Is.Negative);
        files.Release(first);
        int last = files.Add(third);
        Assert.That(last, Is.GreaterThanOrEqualTo(0));
        files.Release(last);
        files.Release(1);

        static OpenFile Null() => new((int)UniBench.Host.HostCall.OnPath(UniBench.Host.LinuxCall.Openat, -100, "/dev/null\0"u8, 0x80000), null);
    }

    [Test]
    public void Programs_are_charged_until_the_family_ends()
    {
        ProgramBudget budget = new(10, 25);
        budget.Charge(10);
        budget.Charge(10);
        Assert.That(() => budget.Charge(10), Throws.Exception.With.Message.Contains("--memory"));
        Assert.That(() => budget.Charge(5), Throws.Nothing);
    }
}
