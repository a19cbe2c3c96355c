using System.Reflection;
using System.Runtime.InteropServices;
using NUnit.Framework;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Processes;

namespace UniBench.Tests.Processes;

[TestFixture]
internal sealed class ChildPagesTests
{
    private const byte Parents = 0xa5;

    [Test]
    public void Of_every_field_it_is_said_what_becomes_of_it_in_a_child() => Assert.Multiple(() =>
    {
        Assert.That(ChildPages.Control.Keys, Is.EquivalentTo(Names<ControlPage>()));
        Assert.That(ChildPages.Counters.Keys, Is.EquivalentTo(Names<CountersPage>()));
    });

    [Test]
    public void A_childs_pages_start_with_that()
    {
        (byte[] control, byte[] counters) = (Filled<ControlPage>(), Filled<CountersPage>());
        ref ControlPage child = ref MemoryMarshal.AsRef<ControlPage>(control.AsSpan());
        child.Borrowed = 0;
        ChildPages.Begin(ref child, ref MemoryMarshal.AsRef<CountersPage>(counters.AsSpan()), ramSize: 4 << 20, cleanFrom: 1 << 20);
        Assert.Multiple(() =>
        {
            Check<ControlPage>(control, ChildPages.Control);
            Check<CountersPage>(counters, ChildPages.Counters);
        });
    }

    [Test]
    public void Who_borrows_its_parents_memory_goes_on_with_its_frames([Values] bool borrows)
    {
        ControlPage control = new() { Borrowed = borrows ? 1u : 0, RunNext = 8192, RunEnd = 16384, RunClean = 12288, TimerSlack = 7, RamMax = 64 << 20 };
        CountersPage counters = default;
        ChildPages.Begin(ref control, ref counters, ramSize: 4 << 20, cleanFrom: 1 << 20);
        Assert.That((control.RunNext, control.RunEnd, control.RunClean), Is.EqualTo(borrows ? (8192ul, 16384ul, 12288ul) : (0ul, 0ul, 0ul)));
        Assert.That((control.DefaultTimerSlack, control.RamLimit, control.CleanFrom), Is.EqualTo((7ul, 4ul << 20, 1ul << 20)));
    }

    private static IEnumerable<string> Names<T>() => typeof(T).GetFields(BindingFlags.Instance | BindingFlags.Public).Select(f => f.Name);

    private static byte[] Filled<T>()
    {
        byte[] page = new byte[Marshal.SizeOf<T>()];
        Array.Fill(page, Parents);
        return page;
    }

    private static void Check<T>(byte[] page, IReadOnlyDictionary<string, ChildField> fields)
    {
        int[] starts = [.. Names<T>().Select(n => (int)Marshal.OffsetOf<T>(n)).Append(page.Length)];
        foreach ((string name, int i) in Names<T>().Select((n, i) => (n, i)))
        {
            byte[] bytes = page[starts[i]..starts[i + 1]];
            switch (fields.GetValueOrDefault(name, ChildField.Own))
            {
                case ChildField.Inherited:
                    Assert.That(bytes, Is.All.EqualTo(Parents), name);
                    break;
                case ChildField.Zero:
                    Assert.That(bytes, Is.All.EqualTo(0), name);
                    break;
            }
        }
    }
}
