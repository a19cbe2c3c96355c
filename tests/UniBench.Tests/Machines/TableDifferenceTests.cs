using NUnit.Framework;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Machines;
using UniBench.Monitor.Memory;

namespace UniBench.Tests.Machines;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class TableDifferenceTests : IDisposable
{
    private const ulong Root = GuestLayout.TablesOffset, Page = GuestLayout.Page;
    private readonly HostMapping old = HostMapping.Anonymous(1 << 20), fresh = HostMapping.Anonymous(1 << 20);

    public void Dispose()
    {
        old.Dispose();
        fresh.Dispose();
    }

    [Test]
    public void Equal_tables_differ_nowhere() => Assert.That(Find([(0x400000, 0x5000, 0)], [(0x400000, 0x5000, 0)]), Is.Empty);

    [Test]
    public void What_was_not_there_needs_no_forgetting() => Assert.That(Find([(0x400000, 0x5000, 0)], [(0x400000, 0x5000, 0), (0x401000, 0x6000, 0)]), Is.Empty);

    [Test]
    public void Another_frame_or_other_rights_and_what_is_gone_are_told_as_one_where_nothing_between_them_stays() => Assert.That(
        Find(
            [(0x400000, 0x5000, 0), (0x401000, 0x6000, GuestLayout.PteWritable), (0x403000, 0x7000, 0), (0x404000, 0xa000, 0), (0x600000, 0x8000, 0)],
            [(0x400000, 0x5000, 0), (0x401000, 0x6000, 0), (0x403000, 0x9000, 0), (0x404000, 0xa000, 0)]),
        Is.EqualTo(new[] { (0x401000UL, 0x404000UL), (0x600000UL, 0x800000UL) }));

    [Test]
    public void What_the_machine_maps_by_itself_lies_in_no_range() => Assert.That(
        Find([(0x400000, 0x5000, 0), (GuestLayout.StackTop - Page, 0x6000, 0)], [(0x400000, 0x7000, 0), (GuestLayout.StackTop - Page, 0x8000, 0)]),
        Is.EqualTo(new[] { (0x400000UL, 0x401000UL), (GuestLayout.StackTop - Page, GuestLayout.StackTop) }));

    [Test]
    public void Equal_entries_are_told_where_other_memory_lies_now()
    {
        (ulong, ulong, ulong)[] both = [(0x400000, 0x5000, 0), (0x401000, GuestLayout.GpaWindow, 0)];
        Assert.That(Find(both, both, (GuestLayout.GpaWindow, GuestLayout.GpaWindow + Page)), Is.EqualTo(new[] { (0x401000UL, 0x402000UL) }));
    }

    private List<(ulong Start, ulong End)> Find((ulong Address, ulong Frame, ulong Flags)[] before, (ulong Address, ulong Frame, ulong Flags)[] after, params (ulong Start, ulong End)[] replaced)
    {
        ulong end = Map(old.Range, before);
        end = Math.Max(end, Map(fresh.Range, after));
        ReadOnlySpan<byte> wanted = fresh.Range.Slice((long)Root, (long)(end - Root)).Span;
        return new TableDifference(old.Range, wanted, Root, replaced).Find(Root);
    }

    private static ulong Map(HostRange memory, (ulong Address, ulong Frame, ulong Flags)[] pages)
    {
        PageTables tables = new(memory, Root);
        ulong next = Root + Page;
        foreach ((ulong address, ulong frame, ulong flags) in pages)
        {
            tables.Map(address, frame, flags, ref next);
        }

        return next;
    }
}
