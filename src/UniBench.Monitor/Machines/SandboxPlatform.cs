using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Memory;
using UniBench.Sandbox;

namespace UniBench.Monitor.Machines;

/// <summary>Machines are processes of the host, locked in by a seccomp filter. Needs no privilege and no device.</summary>
internal sealed class SandboxPlatform : IPlatform
{
    /// <summary>A machine takes its memory's descriptor, a socket, its process, and a fourth descriptor once that waits for the host's; a process and a thread; mappings of its memory and its thread's stacks.</summary>
    private const int FilesPerMachine = 4, ThreadsPerMachine = 2, MappingsPerMachine = 6;
    private readonly HangUpWatch hangUps = new();
    private readonly Lock gate = new();
    private SandboxLauncher? launcher;

    private SandboxPlatform()
    {
    }

    public LibosImage Libos { get; } = LibosImage.Load("sandbox");

    public (int Count, string Limit) Most { get; } = MachineLimits.For(FilesPerMachine, ThreadsPerMachine, MappingsPerMachine, int.MaxValue);

    public ulong ExtendedState { get; } = CpuFeatures.ExtendedState & 0xe7; // x87, SSE, AVX, AVX-512: what entry.S saves at fork

    public bool HasNestedPaging => false;

    public bool MemoryIsFiles => true;

    public IReadOnlyList<uint> Requests => [];

    /// <exception cref="HostException">The kernel or the CPU lacks something.</exception>
    public static SandboxPlatform Open()
    {
        if (!CpuFeatures.HasUserSegmentBases)
        {
            throw new HostException("the sandbox needs FSGSBASE for programs: a CPU that has it and Linux 5.9 or later, started without nofsgsbase");
        }

        return new SandboxPlatform();
    }

    public IReadOnlyList<CpuidLeaf> Cpuid() => CpuFeatures.Leaves();

    public HostMapping NewMemory(string name, long bytes) => HostMapping.OfNewFile(name, bytes, bytes);

    public Machine Make(int index, SharedPages shared, ExtentArena extents) => new SandboxMachine(Launcher(shared), hangUps, extents, (long)Libos.PrivateEnd);

    public double MeasureCrossingNs(int crossings) => 2 * WakeProbe.MeasureNs(crossings);

    public void Dispose()
    {
        launcher?.Dispose();
        hangUps.Dispose();
    }

    private SandboxLauncher Launcher(SharedPages shared)
    {
        lock (gate)
        {
            LibosHeader header = Libos.Header;
            ulong text = header.TextEnd - GuestLayout.LibosText;
            text = (text + GuestLayout.Page - 1) & ~(ulong)(GuestLayout.Page - 1);
            return launcher ??= new SandboxLauncher(
                new LauncherSetup
                {
                    Start = header.SandboxStart,
                    TextBytes = text,
                    ConstantBytes = (ulong)shared.Libos.Range.Length - text,
                    SystemBytes = (ulong)shared.SystemPages.Range.Length,
                    PrivateBytes = Libos.PrivateEnd,
                },
                shared.Libos.Memory,
                shared.SystemPages.Memory);
        }
    }
}
