using static Tmds.Linux.LibC;

namespace UniBench.Host;

/// <summary>Keeps a terminal's settings, and puts them back at the end: a shell that was killed may have left it raw.</summary>
public sealed unsafe class HostTerminal : IDisposable
{
    private const int GetAttributes = 0x5401;
    private const int SetAttributes = 0x5402;
    private readonly int descriptor;
    private readonly byte[] settings;

    private HostTerminal(int descriptor, byte[] settings)
    {
        this.descriptor = descriptor;
        this.settings = settings;
    }

    /// <returns>Null if the descriptor is no terminal.</returns>
    public static HostTerminal? TryKeep(int descriptor)
    {
        byte[] settings = new byte[64];
        fixed (byte* at = settings)
        {
            return ioctl(descriptor, GetAttributes, at) == 0 ? new HostTerminal(descriptor, settings) : null;
        }
    }

    public void Dispose()
    {
        fixed (byte* at = settings)
        {
            _ = ioctl(descriptor, SetAttributes, at);
        }
    }
}
