using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using static Tmds.Linux.LibC;

namespace UniBench.Host;

/// <summary>A Linux pipe, both ends close-on-exec.</summary>
public sealed unsafe class HostPipe : IDisposable
{
    public HostPipe()
    {
        int* ends = stackalloc int[2];
        if (pipe2(ends, O_CLOEXEC) < 0)
        {
            throw new HostException("pipe2", Errno.Last);
        }

        Reader = new SafeFileHandle(ends[0], ownsHandle: true);
        Writer = new SafeFileHandle(ends[1], ownsHandle: true);
    }

    public SafeFileHandle Reader { get; }

    public SafeFileHandle Writer { get; }

    /// <summary>The number of a handle, for as long as it is open.</summary>
    public static int Number(SafeHandle handle) => (int)handle.DangerousGetHandle();

    public void Dispose()
    {
        Reader.Dispose();
        Writer.Dispose();
    }
}
