using System.Globalization;

namespace UniBench.Workbench.Scripting;

/// <summary>
/// A shape of processes and pipes for the program <c>pipe_graph</c>: <c>Program("pipe_graph", "--edges", Topology.Ring(8))</c>. Node 0
/// starts every wave of messages and ends it; nodes that lead nowhere else answer to it.
/// </summary>
public sealed class Topology
{
    private const long MostNodes = 256; // as pipe_graph has it
    private const int MostEdges = 480;
    private readonly (long From, long To)[] edges;

    private Topology(string name, params IEnumerable<(long From, long To)> edges)
    {
        this.edges = [.. edges];
        Nodes = (int)this.edges.Max(e => Math.Max(e.From, e.To)) + 1;
        int answers = Enumerable.Range(1, Nodes - 1).Count(n => !this.edges.Any(e => e.From == n && (e.To > n || e.To == 0)));
        if (this.edges.Length + answers > MostEdges)
        {
            throw new ScenarioException($"topology {name} has {this.edges.Length} edges and {answers} for the answers to node 0; pipe_graph takes {MostEdges} in all");
        }
    }

    /// <summary>How many processes it takes, node 0 included.</summary>
    public int Nodes { get; }

    /// <summary>How many pipes it names; those for answers to node 0 come on top.</summary>
    public int Edges => edges.Length;

    /// <summary>0 to 1 to 2 and so on: <paramref name="nodes"/> processes, the last one answers.</summary>
    public static Topology Line(long nodes) => new(Checked("Line", nodes, 2), Steps(nodes));

    /// <summary>A line of <paramref name="nodes"/> processes whose last one leads to the first.</summary>
    public static Topology Ring(long nodes) => new(Checked("Ring", nodes, 2), Steps(nodes).Append((nodes - 1, 0)));

    /// <summary>Node 0 writes to each of <paramref name="workers"/> processes, and each answers.</summary>
    public static Topology FanOut(long workers) => new(Checked("FanOut", workers, 1, 1), Range(1, workers).Select(w => (0L, w)));

    /// <summary>Node 0 starts <paramref name="producers"/> processes, which all write to one consumer; that answers.</summary>
    public static Topology FanIn(long producers) =>
        new(Checked("FanIn", producers, 1, 2), Range(1, producers).SelectMany(p => ((long, long)[])[(0, p), (p, producers + 1)]));

    /// <summary>A tree with node 0 as its root, <paramref name="depth"/> levels below it and <paramref name="fanout"/> children of each inner node; the leaves answer.</summary>
    public static Topology Tree(long depth, long fanout)
    {
        string name = $"Tree({depth}, {fanout})";
        if (depth < 1 || fanout < 1)
        {
            throw new ScenarioException($"topology {name} has no edge: depth and fanout start at 1");
        }

        List<(long, long)> edges = [];
        (long first, long count) = (0, 1);
        for (long level = 0; level < depth; level++)
        {
            long next = first + count;
            if (count * fanout + next > MostNodes || fanout > MostNodes)
            {
                throw new ScenarioException($"topology {name} has more than {MostNodes} processes");
            }

            edges.AddRange(Range(next, count * fanout).Select(child => (first + ((child - next) / fanout), child)));
            (first, count) = (next, count * fanout);
        }

        return new Topology(name, edges);
    }

    /// <summary>A line from node 0 through <paramref name="stages"/> processes, and a pipe back from the last to the first of them: what it carries is read one wave later.</summary>
    public static Topology Feedback(long stages) => new(Checked("Feedback", stages, 1, 1), Steps(stages + 1).Append((stages, 1)));

    /// <summary>
    /// Any shape, as in <c>"0-1, 0-2, 1-3, 2-3"</c>. An edge up passes the wave on, an edge to 0 ends it, any other edge is feedback: read one
    /// wave later. Every node but 0 needs an edge from a lower one.
    /// </summary>
    public static Topology Of(string edges)
    {
        List<(long From, long To)> list = [];
        foreach (string edge in edges.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] ends = edge.Split('-', StringSplitOptions.TrimEntries);
            if (ends.Length != 2 || !TryNode(ends[0], out long from) || !TryNode(ends[1], out long to) || (from, to) == (0, 0))
            {
                throw new ScenarioException($"'{edge}' is no edge of a topology: it is FROM-TO with node numbers from 0 to {MostNodes - 1}, and 0-0 is none");
            }

            if (list.Contains((from, to)))
            {
                throw new ScenarioException($"topology '{edges}' has the edge {from}-{to} twice");
            }

            list.Add((from, to));
        }

        long nodes = list.Max(e => Math.Max(e.From, e.To)) + 1;
        long lonely = Range(1, nodes - 1).FirstOrDefault(n => !list.Exists(e => e.To == n && e.From < n));
        return lonely == 0 ? new Topology(edges, list) : throw new ScenarioException($"topology '{edges}': node {lonely} has no edge from a lower one, so no wave reaches it");
    }

    /// <summary>As pipe_graph takes it.</summary>
    public override string ToString() => string.Join(',', edges.Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.From}-{e.To}")));

    private static bool TryNode(string text, out long node) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out node) && node < MostNodes;

    private static IEnumerable<(long, long)> Steps(long nodes) => Range(0, nodes - 1).Select(n => (n, n + 1));

    private static IEnumerable<long> Range(long first, long count) => Enumerable.Range((int)first, (int)count).Select(n => (long)n);

    /// <param name="others">Processes beside those that are counted.</param>
    private static string Checked(string name, long count, long least, long others = 0) => count >= least && count + others <= MostNodes
        ? string.Create(CultureInfo.InvariantCulture, $"{name}({count})")
        : throw new ScenarioException($"topology {name}({count}): {least} to {MostNodes - others} are possible");
}
