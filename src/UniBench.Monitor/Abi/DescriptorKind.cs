namespace UniBench.Monitor.Abi;

/// <summary>enum ub_fd_kind: what a descriptor of a process is.</summary>
internal enum DescriptorKind : byte
{
    Free = 0,
    Host,
    PipeRead,
    PipeWrite,
    PipeBoth,
    Epoll,
    Signal,
    Socket,
}
