using NUnit.Framework;
using UniBench.Workbench.Scripting;

namespace UniBench.Tests.Scripting;

internal sealed class TopologyTests
{
    private static IEnumerable<TestCaseData> Shapes =>
    [
        new(Topology.Line(3), "0-1,1-2", 3),
        new(Topology.Ring(3), "0-1,1-2,2-0", 3),
        new(Topology.FanOut(3), "0-1,0-2,0-3", 4),
        new(Topology.FanIn(2), "0-1,1-3,0-2,2-3", 4),
        new(Topology.Tree(2, 2), "0-1,0-2,1-3,1-4,2-5,2-6", 7),
        new(Topology.Tree(2, 1), "0-1,1-2", 3),
        new(Topology.Feedback(3), "0-1,1-2,2-3,3-1", 4),
        new(Topology.Feedback(1), "0-1,1-1", 2),
        new(Topology.Of(" 0-1, 1-0 "), "0-1,1-0", 2),
    ];

    [TestCaseSource(nameof(Shapes))]
    public void A_shape_is_its_edges(Topology topology, string edges, int nodes)
    {
        Assert.That(topology.ToString(), Is.EqualTo(edges));
        Assert.That((topology.Nodes, topology.Edges), Is.EqualTo((nodes, edges.Split(',').Length)));
    }

    private static IEnumerable<TestCaseData> Impossible =>
    [
        new(() => Topology.Ring(1), "Ring(1): 2 to 256"),
        new(() => Topology.FanOut(256), "FanOut(256): 1 to 255"),
        new(() => Topology.FanIn(0), "FanIn(0): 1 to 254"),
        new(() => Topology.FanIn(241), "480 in all"),
        new(() => Topology.Tree(0, 2), "no edge"),
        new(() => Topology.Tree(8, 2), "more than 256 processes"),
        new(() => Topology.Tree(2, long.MaxValue / 2), "more than 256 processes"),
        new(() => Topology.Of("0-1,2-1"), "node 2 has no edge from a lower one"),
        new(() => Topology.Of("0-1,0-1"), "0-1 twice"),
        new(() => Topology.Of("0-0"), "'0-0' is no edge"),
        new(() => Topology.Of("0-+1"), "'0-+1' is no edge"),
        new(() => Topology.Of(""), "'' is no edge"),
    ];

    [TestCaseSource(nameof(Impossible))]
    public void What_pipe_graph_would_refuse_is_refused_when_it_is_declared(Func<Topology> make, string message) =>
        Assert.That(() => make(), Throws.TypeOf<ScenarioException>().With.Message.Contains(message));
}
