using System.Buffers.Binary;
using System.Globalization;
using UniBench.Host;
using UniBench.Workloads;

namespace UniBench.Backends;

/// <summary>
/// A process of a few pages that starts a workload's process as its own sibling. The largest resident set of a process counts from before its execve on (setmax_mm_hiwater_rss in exec_mmap), and posix_spawn lends it
/// ours until then: hello would have taken as much memory as UniBench.
/// </summary>
internal sealed class SmallStarter : IDisposable
{
    private const int AnswerBytes = 16; // struct answer in start.c
    private readonly HostPipe orders = new(), answers = new();
    private readonly int pid;

    /// <summary>Makes it ready, on the CPUs and in the group of the calling thread.</summary>
    /// <exception cref="LaunchException">It could not be started.</exception>
    public SmallStarter(ProcessStart start)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "launcher", "start");
        pid = HostProcess.Spawn(
            program,
            [program, start.Descriptors.Count.ToString(CultureInfo.InvariantCulture), start.Spec.Path, .. start.Spec.Arguments],
            start.Environment,
            start.Directory,
            [.. start.Descriptors, HostPipe.Number(orders.Reader), HostPipe.Number(answers.Writer)],
            group: 0);
        orders.Reader.Dispose();
        answers.Writer.Dispose();
        if (pid < 0)
        {
            Dispose();
            throw new LaunchException($"posix_spawn of {program}, which starts the workload in {start.Directory}: {Errno.Name(-pid)}");
        }
    }

    /// <summary>Starts the process.</summary>
    /// <param name="group">Process group that it joins; 0 makes a new one of its own number.</param>
    /// <returns>Its pid, a child of this process, or -errno; and when, ns of CLOCK_MONOTONIC.</returns>
    /// <exception cref="LaunchException">Somebody has killed the starter.</exception>
    public (int Pid, long StartedAt) Start(int group)
    {
        Span<byte> order = stackalloc byte[sizeof(int)];
        Span<byte> answer = stackalloc byte[AnswerBytes];
        BinaryPrimitives.WriteInt32LittleEndian(order, group);
        try
        {
            HostIo.WriteAll(HostPipe.Number(orders.Writer), order);
            using FileStream said = new(answers.Reader, FileAccess.Read, bufferSize: 0);
            said.ReadExactly(answer);
        }
        catch (Exception e) when (e is IOException or HostException)
        {
            throw new LaunchException($"the process that starts the workload has ended, somebody killed it: {e.Message}", e);
        }

        int started = BinaryPrimitives.ReadInt32LittleEndian(answer), error = BinaryPrimitives.ReadInt32LittleEndian(answer[4..]);
        if (error != 0 && started > 0)
        {
            _ = HostProcess.Wait(started, block: true);
        }

        return (error != 0 ? -error : started, BinaryPrimitives.ReadInt64LittleEndian(answer[8..]));
    }

    public void Dispose()
    {
        orders.Dispose();
        answers.Dispose();
        if (pid > 0)
        {
            _ = HostProcess.Wait(pid, block: true);
        }
    }
}
