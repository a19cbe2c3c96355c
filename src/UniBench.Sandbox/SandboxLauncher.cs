using System.Reflection;
using System.Runtime.InteropServices;
using UniBench.Host;

namespace UniBench.Sandbox;

/// <summary>The process that makes sandboxed processes: guest/sandbox/launcher.c, which is part of this assembly.</summary>
/// <remarks>It and all that it made end with this process, however that ends.</remarks>
public sealed class SandboxLauncher : IDisposable
{
    private readonly HostSocket socket;
    private readonly int pid;
    private readonly Lock gate = new();
    private bool disposed;

    /// <param name="libos">Text and constants of the library OS.</param>
    /// <param name="systemPages">What every process sees read-only.</param>
    /// <exception cref="HostException">It cannot be started.</exception>
    public SandboxLauncher(LauncherSetup setup, HostMemory libos, HostMemory systemPages)
    {
        using HostMapping program = Program(out long bytes);
        program.Resize(bytes);
        (socket, HostSocket theirs) = HostSocket.Pair();
        using (theirs)
        {
            int nothing = HostIo.OpenNothing();
            string path = FormattableString.Invariant($"/proc/{Environment.ProcessId}/fd/{program.FileFor(writable: false)}");
            pid = HostProcess.Spawn(path, ["unibench-launcher"], [], "/", [nothing, nothing, nothing, theirs.Descriptor], 0);
            HostIo.Close(nothing);
        }

        if (pid < 0)
        {
            socket.Dispose();
            throw new HostException("posix_spawn of the launcher of sandboxed processes", -pid);
        }

        Ask(new LauncherRequest { Setup = setup }, [libos.Mapping.FileFor(writable: false), systemPages.Mapping.FileFor(writable: false)]);
    }

    /// <summary>Makes a process, which waits for its first orders.</summary>
    /// <param name="memory">Its state and private memory.</param>
    /// <param name="theirs">Its end of the socket over which it gets descriptors.</param>
    /// <returns>Its pid, which is nobody else's until <see cref="End"/>.</returns>
    /// <exception cref="HostException">The host refuses: too many processes, no memory.</exception>
    public int New(HostMapping memory, HostSocket theirs)
    {
        lock (gate)
        {
            Ask(new LauncherRequest { Kind = LauncherRequest.New }, [memory.FileFor(writable: true), theirs.Descriptor]);
            long made = socket.Receive<long>();
            return made > 0 ? (int)made : throw new HostException("fork of a sandboxed process", (int)-made, made is -Errno.EAGAIN ? ": too many processes: raise `ulimit -u` or the pids limit of the cgroup" : null);
        }
    }

    /// <summary>Kills a process, if it still runs, and forgets it.</summary>
    /// <returns>Its wait status word.</returns>
    public int End(int process)
    {
        lock (gate)
        {
            if (disposed)
            {
                return 9;
            }

            Ask(new LauncherRequest { Kind = LauncherRequest.End, Pid = process }, []);
            return (int)socket.Receive<long>();
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            if (disposed)
            {
                return;
            }

            disposed = true;
            socket.Dispose(); // it ends when it sees that, and its children with it
            HostProcess.Wait(pid, block: true);
        }
    }

    private static HostMapping Program(out long bytes)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("launcher")!;
        bytes = stream.Length;
        HostMapping program = HostMapping.OfNewFile("unibench-launcher", bytes, bytes);
        stream.ReadExactly(program.Range.Span);
        return program;
    }

    private void Ask(LauncherRequest request, ReadOnlySpan<int> descriptors) =>
        socket.Send(MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref request, 1)), descriptors);
}
