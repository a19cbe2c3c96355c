namespace UniBench.Workloads;

/// <summary>
/// Receives what the processes of a family do, as it happens and from many threads: for each process the programs it runs, one behind the
/// other, and within a program its hypercalls. Times are ns of CLOCK_MONOTONIC.
/// </summary>
/// <remarks>What never leaves the guest is not seen: most system calls, and bytes in a pipe whose other end keeps up.</remarks>
public interface IFamilyTimeline
{
    /// <summary>From now on the process runs this program: it was started, or its exec succeeded.</summary>
    void Runs(int pid, string program, long at);

    /// <summary>The process is gone, its VM back in the pool.</summary>
    void Ended(int pid, string status, long at);

    /// <summary>The process was in the monitor, at work or asleep.</summary>
    /// <param name="name">The hypercall, or what it waited for.</param>
    /// <param name="detail">What came of it; null when there is nothing to say.</param>
    void Call(int pid, string name, string? detail, long from, long to);

    /// <summary>One process made another go: fork, wake, exit.</summary>
    /// <param name="sent">When <paramref name="from"/> did it.</param>
    /// <param name="received">When <paramref name="to"/> felt it.</param>
    void Link(string kind, int from, long sent, int to, long received);

    /// <summary>A pipe was looked at twice: bytes written in between, and bytes inside at the end.</summary>
    /// <param name="id">Its inode number.</param>
    void Pipe(uint id, ulong written, ulong inside, long from, long to);
}
