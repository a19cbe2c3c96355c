using NUnit.Framework;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Machines;

namespace UniBench.Tests.Machines;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ExtentArenaTests : IDisposable
{
    private const long Piece = 4 << 20;
    private static readonly object Owner = new(), Other = new();
    private readonly ExtentArena arena = new(ofFiles: false);

    public void Dispose() => arena.Dispose();

    [Test]
    public void Extents_do_not_overlap_and_are_zero_at_first()
    {
        Extent first = arena.Take(Piece, Owner)!, second = arena.Take(Piece, Owner)!;
        Assert.Multiple(() =>
        {
            Assert.That(second.Address, Is.GreaterThanOrEqualTo(first.Address + (ulong)first.Bytes));
            Assert.That(first.IsClean && second.IsClean);
            Assert.That(first.Memory.Span.IndexOfAnyExcept((byte)0), Is.EqualTo(-1));
        });
    }

    [Test]
    public void Memory_that_was_used_before_is_used_first_and_is_not_called_clean()
    {
        Extent first = arena.Take(Piece, Owner)!;
        first.Memory.Span[0] = 7;
        arena.Return(first);
        Extent again = arena.Take(Piece / 2, Owner)!;
        Assert.That((again.Address, again.IsClean), Is.EqualTo((first.Address, false)));
    }

    [Test]
    public void Neighbours_that_come_back_serve_a_larger_extent()
    {
        Extent[] taken = [arena.Take(Piece, Owner)!, arena.Take(Piece, Owner)!, arena.Take(Piece, Owner)!];
        arena.Return(taken[0]);
        arena.Return(taken[2]);
        arena.Return(taken[1]);
        Assert.That(arena.Take(3 * Piece, Owner)!.Address, Is.EqualTo(taken[0].Address));
    }

    [Test]
    public void Between_runs_memory_goes_back_to_the_host()
    {
        const int Enough = 32; // 128 MB
        Extent[] taken = [.. Enumerable.Range(0, Enough).Select(_ => arena.Take(Piece, Owner)!)];
        foreach (Extent extent in taken)
        {
            extent.Memory.Span[0] = 7;
            arena.Return(extent);
        }

        arena.Leave(Owner);
        Extent[] again = [.. Enumerable.Range(0, Enough).Select(_ => arena.Take(Piece, Owner)!)];
        Assert.Multiple(() =>
        {
            Assert.That(again.All(e => e.IsClean));
            Assert.That(again.All(e => e.Memory.Span[0] == 0));
        });
    }

    [Test]
    public void What_one_family_left_no_other_sees()
    {
        Extent first = arena.Take(Piece, Owner)!;
        first.Memory.Span.Fill(7);
        arena.Return(first);
        Extent[] others = [.. Enumerable.Range(0, 4).Select(_ => arena.Take(Piece, Other)!)];
        Extent rest = arena.Take(ExtentArena.Bytes - (5 * Piece), Other)!, last = arena.Take(Piece, Other)!;
        Assert.That(last.Address, Is.EqualTo(first.Address));
        Assert.That(others.Append(last).All(e => e.IsClean && e.Memory.Span.IndexOfAnyExcept((byte)0) < 0));
        Assert.That(rest.IsClean);
    }

    [Test]
    public void There_is_no_more_than_there_are_addresses()
    {
        Assert.That(arena.Take(ExtentArena.Bytes, Owner), Is.Not.Null);
        Assert.That(arena.Take(GuestLayout.LargePage, Owner), Is.Null);
    }
}
