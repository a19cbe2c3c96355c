using UniBench.Host;

namespace UniBench.Backends;

/// <summary>Pins the living processes of a group to several CPUs in turn, so that those that talk to each other sit on different ones.</summary>
/// <remarks>
/// A mask of two CPUs is not enough: Linux likes to wake a reader where its writer runs, and both ends of a ping-pong that
/// may use two CPUs stay on one (4.1 us a round trip; on two CPUs it is ten times that). Processes fork at times of their own, so this
/// looks again and again: often while new ones appear, seldom afterwards. Its CPU time counts as the workbench's.
/// </remarks>
internal sealed class ProcessSpreader : IDisposable
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Seldom = TimeSpan.FromMilliseconds(50);
    private readonly ResourceGroup group;
    private readonly CpuMask[] masks;
    private readonly ManualResetEventSlim stopping = new();
    private readonly Thread thread;
    private int[] placed = [];

    private ProcessSpreader(ResourceGroup group, IReadOnlyList<int> cpus)
    {
        this.group = group;
        masks = [.. cpus.Select(c => new CpuMask([c]))];
        thread = new Thread(Watch) { IsBackground = true, Name = "process spreader" };
        thread.Start();
    }

    /// <summary>A note for the reader of the results when a workload was to be spread and nobody could look for its processes.</summary>
    public const string Missing = "only the stages were put on different CPUs, not what they fork: there is no cgroup to find it in";

    /// <summary>What the watching took; known once disposed.</summary>
    public TimeSpan CpuTime { get; private set; }

    /// <returns>Null where there is nothing to spread over or nowhere to look.</returns>
    public static ProcessSpreader? TryStart(ResourceGroup? group, IReadOnlyList<int> cpus) => group is not null && cpus.Count > 1 ? new ProcessSpreader(group, cpus) : null;

    public void Dispose()
    {
        if (!thread.IsAlive)
        {
            return;
        }

        stopping.Set();
        thread.Join();
        stopping.Dispose();
    }

    private void Watch()
    {
        TimeSpan pause = Often;
        do
        {
            pause = Place() ? Often : pause * 1.5 < Seldom ? pause * 1.5 : Seldom;
        }
        while (!stopping.Wait(pause));
        (long user, long system) = HostThread.CpuTime();
        CpuTime = TimeSpan.FromMicroseconds(user + system);
    }

    /// <returns>Whether other processes are there than before.</returns>
    private bool Place()
    {
        int[] alive = [.. group.Processes().Order()];
        for (int i = 0; i < alive.Length; i++)
        {
            // By rank, not by arrival: what lives long keeps its place beside programs that come and go.
            _ = HostThread.TrySetAffinity(alive[i], masks[i % masks.Length]);
        }

        bool same = alive.AsSpan().SequenceEqual(placed);
        placed = alive;
        return !same;
    }
}
