using NUnit.Framework;
using UniBench.Monitor.Machines;

namespace UniBench.Tests.Machines;

/// <summary>Extents that are files: machines that map them themselves must see no other family's.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ExtentFilesTests : IDisposable
{
    private const long Piece = 4 << 20;
    private static readonly object Owner = new(), Other = new();
    private readonly ExtentArena arena = new(ofFiles: true);

    public void Dispose() => arena.Dispose();

    [Test]
    public void An_owner_gets_its_own_file_again_and_is_told_that_it_was_used()
    {
        Extent first = arena.Take(Piece, Owner)!;
        first.Memory.Span[9] = 7;
        arena.Return(first);
        Extent again = arena.Take(Piece, Owner)!;
        Assert.That((again.Backing, again.IsClean, again.Memory.Span[9]), Is.EqualTo((first.Backing, false, (byte)7)));
    }

    [Test]
    public void Nobody_else_gets_it_also_not_at_the_same_addresses()
    {
        Extent first = arena.Take(Piece, Owner)!;
        first.Memory.Span.Fill(7);
        arena.Return(first);
        Extent others = arena.Take(Piece, Other)!;
        Assert.That((others.Address, others.IsClean), Is.EqualTo((first.Address, true)));
        Assert.That(others.Backing.Mapping, Is.Not.SameAs(first.Backing.Mapping));
        Assert.That(others.Memory.Span.IndexOfAnyExcept((byte)0), Is.EqualTo(-1));
    }

    [Test]
    public void A_file_serves_only_an_extent_of_its_size()
    {
        Extent first = arena.Take(2 * Piece, Owner)!;
        first.Memory.Span.Fill(7);
        arena.Return(first);
        Extent smaller = arena.Take(Piece, Owner)!;
        Assert.That((smaller.IsClean, smaller.Memory.Span.IndexOf((byte)7)), Is.EqualTo((true, -1)));
        Assert.That(arena.Take(2 * Piece, Owner)!.Backing, Is.EqualTo(first.Backing));
    }

    [Test]
    public void One_file_is_given_to_one_extent_at_a_time()
    {
        Extent first = arena.Take(Piece, Owner)!;
        arena.Return(first);
        Extent again = arena.Take(Piece, Owner)!, next = arena.Take(Piece, Owner)!;
        Assert.That(next.Backing.Mapping, Is.Not.SameAs(again.Backing.Mapping));
        Assert.That(next.IsClean);
    }

    [Test]
    public void Files_go_when_their_owner_leaves_and_those_of_others_stay()
    {
        Extent mine = arena.Take(Piece, Owner)!, theirs = arena.Take(Piece, Other)!;
        int file = mine.Backing.Mapping.FileFor(writable: true), kept = theirs.Backing.Mapping.FileFor(writable: true);
        (ulong, ulong) inode = Inode(file)!.Value;
        arena.Return(mine);
        arena.Return(theirs);
        arena.Leave(Owner);
        Assert.That(Inode(file), Is.Not.EqualTo(inode));
        Assert.That(Inode(kept), Is.Not.Null);
        Assert.That(arena.Take(Piece, Owner)!.IsClean);
        Assert.That(arena.Take(Piece, Other)!.Backing, Is.EqualTo(theirs.Backing));
    }

    private static (ulong, ulong)? Inode(int descriptor) => Monitor.Files.HostEntry.Of(descriptor) is { } entry ? (entry.Device, entry.Inode) : null;
}
