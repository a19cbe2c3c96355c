using Microsoft.Win32.SafeHandles;
using UniBench.Kvm;

namespace UniBench.Backends;

/// <summary>Where a workload's output goes: a descriptor of the caller, or a pipe drained by a task so that the workload never blocks on it.</summary>
internal sealed class Capture : IDisposable
{
    private readonly HostPipe? pipe;
    private readonly Task<byte[]> bytes = Task.FromResult(Array.Empty<byte>());

    /// <param name="descriptor">The caller's descriptor, or -1 to capture.</param>
    public Capture(int descriptor)
    {
        Descriptor = descriptor;
        if (descriptor < 0)
        {
            pipe = new HostPipe();
            Descriptor = HostPipe.Number(pipe.Writer);
            bytes = Task.Factory.StartNew(() => Drain(pipe.Reader), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    /// <summary>What the workload gets.</summary>
    public int Descriptor { get; }

    /// <summary>Closes this process's write end and returns everything that was written; waits for the last writer.</summary>
    public byte[] Finish()
    {
        pipe?.Writer.Dispose();
        return bytes.GetAwaiter().GetResult();
    }

    public void Dispose() => pipe?.Dispose();

    private static byte[] Drain(SafeFileHandle handle)
    {
        using FileStream stream = new(handle, FileAccess.Read, bufferSize: 0);
        using MemoryStream all = new();
        stream.CopyTo(all, 64 << 10);
        return all.ToArray();
    }
}
