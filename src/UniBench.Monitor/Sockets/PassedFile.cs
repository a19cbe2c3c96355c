using UniBench.Monitor.Abi;
using UniBench.Monitor.Segments;

namespace UniBench.Monitor.Sockets;

/// <summary>A descriptor on its way to another process: an open file, an end of a pipe, or signals to wait for.</summary>
/// <param name="Handle">Of an open file; of a pipe what its descriptor says.</param>
/// <param name="Ring">Of a pipe.</param>
/// <param name="Mask">Of a signal descriptor.</param>
internal readonly record struct PassedFile(DescriptorKind Kind, uint Handle, Ring? Ring, ulong Mask)
{
    public bool IsFile => Kind is DescriptorKind.Host or DescriptorKind.Socket;

    /// <summary>Of a pipe: bit 0 the read end, bit 1 the write end.</summary>
    public int Ends => Kind switch { DescriptorKind.PipeRead => 1, DescriptorKind.PipeWrite => 2, _ => 3 };
}
