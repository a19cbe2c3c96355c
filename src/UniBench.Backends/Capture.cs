using Microsoft.Win32.SafeHandles;
using UniBench.Host;

namespace UniBench.Backends;

/// <summary>Where a workload's output goes: a descriptor of the caller, or a pipe drained by a task so that the workload never blocks on it.</summary>
internal sealed class Capture : IDisposable
{
    private readonly HostPipe? pipe;
    private readonly MemoryStream all = new();
    private readonly Task drained = Task.CompletedTask;

    /// <param name="descriptor">The caller's descriptor, or -1 to capture.</param>
    public Capture(int descriptor)
    {
        Descriptor = descriptor;
        if (descriptor < 0)
        {
            pipe = new HostPipe();
            Descriptor = HostPipe.Number(pipe.Writer);
            drained = Task.Factory.StartNew(() => Drain(pipe.Reader), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    /// <summary>What the workload gets.</summary>
    public int Descriptor { get; }

    /// <summary>Closes this process's write end and returns everything that was written.</summary>
    /// <param name="patience">How long to wait for the last writer to close its end: a killed workload may have one that got away.</param>
    public byte[] Finish(TimeSpan patience)
    {
        pipe?.Writer.Dispose();
        _ = drained.Wait(patience);
        lock (all)
        {
            return all.ToArray();
        }
    }

    public void Dispose() => pipe?.Dispose();

    private void Drain(SafeFileHandle handle)
    {
        using FileStream stream = new(handle, FileAccess.Read, bufferSize: 0);
        byte[] buffer = new byte[64 << 10];
        while (stream.Read(buffer) is > 0 and int count)
        {
            lock (all)
            {
                all.Write(buffer, 0, count);
            }
        }
    }
}
