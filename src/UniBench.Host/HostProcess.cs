using System.Runtime.InteropServices;
using System.Text;
using static UniBench.Host.NativeMethods;

namespace UniBench.Host;

/// <summary>How a Linux process ended and what it and its waited-for descendants used.</summary>
/// <param name="WaitWord">Status word of wait4(2).</param>
/// <param name="MaxRssBytes">Largest resident set of one process among them, bytes.</param>
public readonly record struct HostProcessEnd(int WaitWord, long UserUs, long SystemUs, long MaxRssBytes);

/// <summary>A Linux process started with posix_spawn: .NET's own process class neither keeps rusage nor leaves signals alone.</summary>
public static unsafe class HostProcess
{
    private const short SetGroup = 2; // POSIX_SPAWN_SETPGROUP
    private const short SetDefaults = 4; // POSIX_SPAWN_SETSIGDEF
    private const short SetMask = 8; // POSIX_SPAWN_SETSIGMASK
    private const int AttributeBytes = 512; // glibc's posix_spawnattr_t has 336, its file actions 80

    /// <summary>Effective user and group of this process.</summary>
    public static (uint User, uint Group) Identity { get; } = ((uint)HostCall.Invoke(LinuxCall.Geteuid), (uint)HostCall.Invoke(LinuxCall.Getegid));

    /// <summary>Descriptors from 3 on, inherited ones too, stay in this process: programs must find the same on every backend.</summary>
    public static void KeepDescriptors()
    {
        const int CloseOnExec = 4;
        _ = HostCall.Invoke(LinuxCall.CloseRange, 3, uint.MaxValue, CloseOnExec); // before Linux 5.11 they are inherited
    }

    /// <summary>Starts a program in a process group with default signal dispositions and an empty mask.</summary>
    /// <param name="directory">Where it starts; absolute.</param>
    /// <param name="descriptors">Host descriptors that become 0, 1, 2, ... of the child; everything else is close-on-exec.</param>
    /// <param name="group">Process group to join; 0 makes a new one of the child's own number.</param>
    /// <returns>The pid, or -errno.</returns>
    public static int Spawn(string path, IReadOnlyList<string> arguments, IReadOnlyList<string> environment, string directory, IReadOnlyList<int> descriptors, int group)
    {
        KeepDescriptors();
        byte* actions = stackalloc byte[AttributeBytes];
        byte* attributes = stackalloc byte[AttributeBytes];
        ulong* none = stackalloc ulong[16];
        new Span<ulong>(none, 16).Clear();
        using NativeStrings argv = new(arguments), envp = new(environment);
        _ = SpawnActionsInit(actions);
        _ = SpawnAttributesInit(attributes);
        try
        {
            // First out of the way, then into place: a source may lie where a target will be.
            int[] moved = new int[descriptors.Count];
            int parking = Math.Max(64, descriptors.Max() + 1);
            for (int i = 0; i < descriptors.Count; i++)
            {
                moved[i] = parking + i;
                _ = SpawnActionsDup2(actions, descriptors[i], moved[i]);
            }

            for (int i = 0; i < descriptors.Count; i++)
            {
                _ = SpawnActionsDup2(actions, moved[i], i);
                _ = SpawnActionsClose(actions, moved[i]);
            }

            _ = SpawnActionsChangeDirectory(actions, directory);
            _ = SpawnAttributesSetFlags(attributes, SetGroup | SetDefaults | SetMask);
            _ = SpawnAttributesSetGroup(attributes, group);
            _ = SpawnAttributesSetMask(attributes, none);
            for (int signal = 1; signal < 32; signal++)
            {
                if (signal is not (9 or 19))
                {
                    none[0] |= 1UL << (signal - 1);
                }
            }

            _ = SpawnAttributesSetDefaults(attributes, none);
            int pid;
            int errno = PosixSpawn(&pid, path, actions, attributes, argv.Pointer, envp.Pointer);
            return errno == 0 ? pid : -errno;
        }
        finally
        {
            _ = SpawnActionsDestroy(actions);
            _ = SpawnAttributesDestroy(attributes);
        }
    }

    /// <summary>Reaps a child.</summary>
    /// <param name="block">Wait for its end.</param>
    /// <returns>Null while it runs.</returns>
    public static HostProcessEnd? Wait(int pid, bool block)
    {
        int status;
        long* usage = stackalloc long[18];
        int result;
        do
        {
            result = Wait4(pid, &status, block ? 0 : 1, usage);
        }
        while (result < 0 && Errno.Last == Errno.EINTR);
        return result switch
        {
            0 => null,
            > 0 => new HostProcessEnd(status, (usage[0] * 1_000_000) + usage[1], (usage[2] * 1_000_000) + usage[3], usage[4] * 1024),
            _ => throw new HostException($"wait4 of {pid}", Errno.Last),
        };
    }

    /// <summary>kill(2); a process that is gone is no error.</summary>
    public static void Kill(int pid, int signal) => _ = KillProcess(pid, signal);

    private sealed class NativeStrings : IDisposable
    {
        private readonly nint[] strings;
        private readonly GCHandle pinned;

        public NativeStrings(IReadOnlyList<string> list)
        {
            strings = [.. list.Select(ToNative), 0];
            pinned = GCHandle.Alloc(strings, GCHandleType.Pinned);
        }

        public byte** Pointer => (byte**)pinned.AddrOfPinnedObject();

        public void Dispose()
        {
            pinned.Free();
            Array.ForEach(strings, s => NativeMemory.Free((void*)s));
        }

        private static nint ToNative(string text)
        {
            int bytes = Encoding.UTF8.GetByteCount(text);
            byte* at = (byte*)NativeMemory.Alloc((nuint)bytes + 1);
            Encoding.UTF8.GetBytes(text, new Span<byte>(at, bytes));
            at[bytes] = 0;
            return (nint)at;
        }
    }
}
