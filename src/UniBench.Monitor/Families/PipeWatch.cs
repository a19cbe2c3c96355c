using System.Collections.Concurrent;
using UniBench.Host;
using UniBench.Monitor.Segments;
using UniBench.Workloads;

namespace UniBench.Monitor.Families;

/// <summary>Looks at a family's pipes every millisecond for its timeline: the bytes themselves move without the monitor.</summary>
internal sealed class PipeWatch : IDisposable
{
    private const long PeriodNs = 1_000_000;
    private const int StackBytes = 128 << 10;
    private readonly ConcurrentDictionary<Ring, (ulong Written, long At)> pipes = [];
    private readonly IFamilyTimeline timeline;
    private readonly Parker parker = new();
    private readonly Thread thread;
    private volatile bool stopping;

    public PipeWatch(IFamilyTimeline timeline)
    {
        this.timeline = timeline;
        thread = new Thread(Loop, StackBytes) { IsBackground = true, Name = "timeline of pipes" };
        thread.Start();
    }

    public void Add(Ring ring)
    {
        pipes.TryAdd(ring, (ring.Traffic.Written, HostClock.Monotonic));
    }

    /// <summary>Nobody holds it any more; the caller still has it.</summary>
    public void Remove(Ring ring)
    {
        Look(ring);
        pipes.TryRemove(ring, out _);
    }

    public void Dispose()
    {
        stopping = true;
        parker.Wake();
        thread.Join();
        parker.Dispose();
    }

    private void Loop()
    {
        while (!stopping)
        {
            foreach (Ring ring in pipes.Keys)
            {
                lock (ring.Gate)
                {
                    if (ring.IsHeld) // else its memory may be another's by now
                    {
                        Look(ring);
                    }
                }
            }

            parker.Park(HostClock.Monotonic + PeriodNs, 0);
        }
    }

    /// <summary>Tells what has changed since the last look.</summary>
    private void Look(Ring ring)
    {
        lock (pipes)
        {
            (ulong written, ulong inside) = ring.Traffic;
            long now = HostClock.Monotonic;
            if (pipes.TryGetValue(ring, out (ulong Written, long At) last) && pipes.TryUpdate(ring, (written, now), last) && written != last.Written)
            {
                timeline.Pipe(ring.Id, written - last.Written, inside, last.At, now);
            }
        }
    }
}
