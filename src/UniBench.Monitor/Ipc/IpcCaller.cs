using UniBench.Monitor.Processes;

namespace UniBench.Monitor.Ipc;

/// <summary>Who asks for something of an object of System V IPC.</summary>
internal readonly record struct IpcCaller(int Pid, Credentials Who);
