using System.Runtime.InteropServices;

namespace UniBench.Sandbox;

/// <summary>struct launcher_setup of guest/sandbox/launcher.h: what is the same for all sandboxed processes.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct LauncherSetup
{
    /// <summary>First instruction of the library OS in a new process.</summary>
    public ulong Start;

    /// <summary>Bytes of its text and its constants, of the system page and of the private memory that the library OS itself uses: multiples of a page.</summary>
    public ulong TextBytes, ConstantBytes, SystemBytes, PrivateBytes;

    /// <summary>The launcher fills it in.</summary>
    public long Launcher;
}
