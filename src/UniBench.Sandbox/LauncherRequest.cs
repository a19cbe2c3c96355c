using System.Runtime.InteropServices;

namespace UniBench.Sandbox;

/// <summary>struct launcher_request of guest/sandbox/launcher.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LauncherRequest
{
    public const uint New = 1;
    public const uint End = 2;

    public uint Kind;
    public int Pid;
    public LauncherSetup Setup;
}
