using System.Buffers.Binary;
using NUnit.Framework;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Memory;

namespace UniBench.Tests.Memory;

/// <summary>What a forked child gets of its parent's page tables where the CPU walks them.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PageTablesTests : IDisposable
{
    private const ulong Root = GuestLayout.TablesOffset;
    private const ulong Address = 0x40000000, Beyond = Address + GuestLayout.LargePage; // neighbours in one directory
    private const ulong Frozen = 0x800;
    private const int Directory = 2 * GuestLayout.Page; // root, directory pointers, directory, one table
    private readonly HostMapping memory = HostMapping.Anonymous(GuestLayout.LibosDataOffset);
    private readonly HostMapping extent = HostMapping.Anonymous(GuestLayout.Page);
    private readonly ulong present;

    public PageTablesTests()
    {
        ulong next = Root + GuestLayout.Page;
        new PageTables(memory.Range, Root).Map(Address, 0x200000, GuestLayout.PteWritable, ref next);
        present = Entry(0);
        Entry(1, (present & 0xfff) | Frozen | GuestLayout.GpaExtents);
        BinaryPrimitives.WriteUInt64LittleEndian(extent.Range.Span, GuestLayout.GpaExtents + 0x5000 + 1);
    }

    private Span<byte> Region => memory.Range.Slice((long)Root, GuestLayout.TablesSize).Span;

    public void Dispose()
    {
        memory.Dispose();
        extent.Dispose();
    }

    [Test]
    public void Tables_in_extents_are_not_present_and_tables_in_the_region_stay()
    {
        PageTables.HideTablesOfExtents(Region, Root);
        Assert.That(Entry(0), Is.EqualTo(present));
        Assert.That(Entry(1), Is.EqualTo(((present & 0xfff) | Frozen | GuestLayout.GpaExtents) & ~1UL));
    }

    [Test]
    public void The_monitor_still_finds_what_a_hidden_table_names()
    {
        PageTables tables = new(memory.Range, Root, at => at == GuestLayout.GpaExtents ? extent.Range : null);
        ulong? before = tables.Translate(Beyond + 7);
        PageTables.HideTablesOfExtents(Region, Root);
        Assert.That(before, Is.EqualTo(GuestLayout.GpaExtents + 0x5007));
        Assert.That(tables.Translate(Beyond + 7), Is.EqualTo(before));
    }

    [Test]
    public void Large_pages_of_extents_which_the_direct_map_is_made_of_stay()
    {
        ulong large = (present & 0xfff) | GuestLayout.PteLarge | GuestLayout.GpaExtents;
        Entry(2, large);
        PageTables.HideTablesOfExtents(Region, Root);
        Assert.That(Entry(2), Is.EqualTo(large));
    }

    [TestCase(0xfffffffffffff067)]
    [TestCase(0x000000007fff0067ul)]
    [TestCase(Root + GuestLayout.TablesSize - 8 + 7)]
    [TestCase(Root - GuestLayout.Page + 7)]
    [TestCase(Root + 7)]
    public void Tables_that_a_guest_has_scribbled_on_do_no_harm(ulong scribble)
    {
        for (int page = 0; page < 3; page++)
        {
            for (int i = 5; i < 512; i++)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(Region[((page * GuestLayout.Page) + (i * 8))..], scribble);
            }
        }

        Assert.That(() => PageTables.HideTablesOfExtents(Region, Root), Throws.Nothing);
    }

    private ulong Entry(int index) => BinaryPrimitives.ReadUInt64LittleEndian(Region[(Directory + (index * 8))..]);

    private void Entry(int index, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Region[(Directory + (index * 8))..], value);
}
