using UniBench.Workloads;

namespace UniBench.Tests.Engine;

/// <summary>A timeline as lists.</summary>
internal sealed class RecordedTimeline : IFamilyTimeline
{
    private readonly Lock gate = new();

    public List<(int Pid, string Program, long At)> Programs { get; } = [];

    public List<(int Pid, string Status, long At)> Ends { get; } = [];

    public List<(int Pid, string Name, string? Detail, long From, long To)> Calls { get; } = [];

    public List<(string Kind, int From, long Sent, int To, long Received)> Links { get; } = [];

    public List<(uint Id, ulong Written, ulong Inside, long From, long To)> Pipes { get; } = [];

    void IFamilyTimeline.Runs(int pid, string program, long at) => Add(Programs, (pid, program, at));

    void IFamilyTimeline.Ended(int pid, string status, long at) => Add(Ends, (pid, status, at));

    void IFamilyTimeline.Call(int pid, string name, string? detail, long from, long to) => Add(Calls, (pid, name, detail, from, to));

    void IFamilyTimeline.Link(string kind, int from, long sent, int to, long received) => Add(Links, (kind, from, sent, to, received));

    void IFamilyTimeline.Pipe(uint id, ulong written, ulong inside, long from, long to) => Add(Pipes, (id, written, inside, from, to));

    private void Add<T>(List<T> list, T one)
    {
        lock (gate)
        {
            list.Add(one);
        }
    }
}
