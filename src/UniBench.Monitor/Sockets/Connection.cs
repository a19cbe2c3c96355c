using UniBench.Monitor.Segments;

namespace UniBench.Monitor.Sockets;

/// <summary>Two rings, each for one direction. End n reads ring n and writes to the other.</summary>
internal sealed record Connection(Ring First, Ring Second)
{
    private readonly PassageQueue toFirst = new(First), toSecond = new(Second);

    /// <summary>What comes to an end with what it reads.</summary>
    public PassageQueue Coming(int end) => end == 0 ? toFirst : toSecond;

    /// <summary>What an end reads.</summary>
    public Ring Read(int end) => end == 0 ? First : Second;

    public Ring Written(int end) => end == 0 ? Second : First;
}
