using System.Diagnostics;
using System.Runtime.InteropServices;

namespace UniBench.Host;

/// <summary>
/// Measures how long a cache line takes from one CPU to another and back: the floor for every hand-over in memory. A hypervisor that
/// moves virtual CPUs apart multiplies it, and nothing else inside the machine shows that.
/// </summary>
public static class CacheLineProbe
{
    private const int StackBytes = 128 << 10;
    private const int Rounds = 2000;
    private const int Batches = 9;
    private const int MostSeconds = 2; // a thousand times what it takes: on CPUs that others keep busy it would take minutes
    private const int SpinsBetweenLooks = 1 << 16;

    /// <summary>One line, with nothing else on it or on its neighbours, which a prefetcher fetches along.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 384)]
    private struct Line
    {
        [FieldOffset(128)]
        public int Turn;
    }

    private sealed class Shared
    {
        public Line Line;
        public volatile bool Failed;
        public readonly long Deadline = Stopwatch.GetTimestamp() + (MostSeconds * Stopwatch.Frequency);
    }

    /// <returns>Nanoseconds a round trip, median of batches; null where this process may not use both CPUs, or hardly ever gets both at once.</returns>
    public static double? MeasureNs(int cpu, int otherCpu)
    {
        Shared shared = new();
        double[] batches = new double[Batches];
        Thread asking = Start(shared, cpu, () => Ask(shared, batches));
        Thread answering = Start(shared, otherCpu, () => Answer(shared));
        asking.Join();
        answering.Join();
        Array.Sort(batches);
        return shared.Failed ? null : batches[Batches / 2];
    }

    private static Thread Start(Shared shared, int cpu, Action work)
    {
        Thread thread = new(Run, StackBytes) { IsBackground = true, Name = "cache line probe" };
        thread.Start();
        return thread;

        void Run()
        {
            if (HostThread.TrySetAffinity(0, CpuMask.Only(cpu)))
            {
                work();
            }
            else
            {
                shared.Failed = true;
            }
        }
    }

    /// <summary>The first batch waits for the other thread to start; the median leaves it out.</summary>
    private static void Ask(Shared shared, double[] batches)
    {
        int turn = 0;
        for (int batch = 0; batch < Batches; batch++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Rounds && !shared.Failed; i++)
            {
                Volatile.Write(ref shared.Line.Turn, ++turn);
                turn = Await(shared, turn + 1);
            }

            batches[batch] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Rounds;
        }
    }

    private static void Answer(Shared shared)
    {
        for (int turn = 1; turn < 2 * Rounds * Batches && !shared.Failed; turn += 2)
        {
            Await(shared, turn);
            Volatile.Write(ref shared.Line.Turn, turn + 1);
        }
    }

    private static int Await(Shared shared, int turn)
    {
        for (int spins = 1; Volatile.Read(ref shared.Line.Turn) != turn && !shared.Failed; spins++)
        {
            if (spins % SpinsBetweenLooks == 0 && Stopwatch.GetTimestamp() > shared.Deadline)
            {
                shared.Failed = true;
            }
        }

        return turn;
    }
}
