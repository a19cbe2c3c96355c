using System.Text.RegularExpressions;
using NUnit.Framework;
using UniBench.Tests.Conformance;

namespace UniBench.Tests.LibraryOs;

/// <summary>The library OS's map in docs/architecture.md, bottom to top, held against its object files.</summary>
internal sealed partial class CallGraphTests
{
    private const string Heading = "## The library OS, bottom to top";

    private static readonly List<string> Map = ReadMap();

    private static IEnumerable<string> Machines => CallGraph.Machines;

    [Test]
    public void The_map_has_each_source_once() => Assert.That(Map, Is.EquivalentTo(CallGraph.AllSources));

    [TestCaseSource(nameof(Machines))]
    public void No_sources_call_each_other_in_a_ring(string machine) => Assert.That(CallGraph.Read(machine).InCycles(), Is.Empty);

    [TestCaseSource(nameof(Machines))]
    public void No_source_names_what_one_above_it_defines(string machine) => Assert.That(CallGraph.Read(machine).Upwards(Map), Is.Empty);

    [TestCaseSource(nameof(Machines))]
    public void The_graph_is_of_the_whole_library_OS(string machine)
    {
        CallGraph graph = CallGraph.Read(machine);
        Assert.Multiple(() =>
        {
            Assert.That(graph.Edges, Has.Member(new CallGraphEdge("entry.S", "signal.c", "signal_deliver")));
            Assert.That(graph.Edges, Has.Member(new CallGraphEdge("syscall_table.c", "descriptors.c", "sys_read")));
            Assert.That(graph.Edges, Has.Member(new CallGraphEdge("ring.c", $"{machine}/rings.c", "ring_park")));
        });
    }

    [Test]
    public void A_ring_and_a_call_upwards_are_found()
    {
        CallGraphEdge down = new("b", "a", "f"), up = new("a", "c", "g"), back = new("c", "b", "h"), other = new("c", "d", "i");
        CallGraph graph = new([down, up, back, other]);
        Assert.Multiple(() =>
        {
            Assert.That(graph.InCycles(), Is.EquivalentTo((CallGraphEdge[])[down, up, back]));
            Assert.That(graph.Upwards(["d", "a", "b", "c"]), Is.EquivalentTo((CallGraphEdge[])[up]));
        });
    }

    [Test]
    public void The_header_declares_in_the_order_of_the_map()
    {
        string header = File.ReadAllText(Path.Combine(ConformancePrograms.Repository, "guest", "libos", "libos.h"));
        int[] places = [.. Declarations().Matches(header).Select(m => Map.IndexOf(m.Groups[1].Value))];
        Assert.That(places, Is.Ordered.And.Length.GreaterThan(30).And.None.EqualTo(-1));
    }

    private static List<string> ReadMap() => [.. File.ReadLines(Path.Combine(ConformancePrograms.Repository, "docs", "architecture.md"))
        .SkipWhile(l => l != Heading).Skip(1).TakeWhile(l => !l.StartsWith("## ", StringComparison.Ordinal))
        .Select(l => Entry().Match(l)).Where(m => m.Success).Select(m => m.Groups[1].Value)];

    [GeneratedRegex(@"^\| `([\w/]+\.[cS])` \|")]
    private static partial Regex Entry();

    /// <summary>A comment that begins with a source's name is the heading of its declarations.</summary>
    [GeneratedRegex(@"^(?:/\*| \*) (\w+\.[cS])\b", RegexOptions.Multiline)]
    private static partial Regex Declarations();
}
