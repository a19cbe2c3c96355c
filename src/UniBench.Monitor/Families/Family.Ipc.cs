using UniBench.Monitor.Abi;
using UniBench.Monitor.Ipc;

namespace UniBench.Monitor.Families;

/// <summary>System V objects and message queues, which most families never ask for.</summary>
internal sealed partial class Family
{
    private IpcNamespace? ipc;

    public IpcLimits IpcLimits { get; } = new();

    /// <summary>Null as long as no process has asked for an object.</summary>
    public IpcNamespace? UsedIpc => Volatile.Read(ref ipc);

    public IpcNamespace Ipc
    {
        get
        {
            lock (gate)
            {
                return ipc ??= new IpcNamespace(Host.Segments, Budget, IpcLimits);
            }
        }
    }

    /// <summary>A signal of the kernel to a process that may have ended by now.</summary>
    public void Notify(GuestProcess process, int signal, in SignalInformation information)
    {
        lock (gate)
        {
            if (processes.GetValueOrDefault(process.Pid) == process)
            {
                Send(process, signal, information);
            }
        }
    }
}
