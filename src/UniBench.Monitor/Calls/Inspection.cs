using System.Runtime.InteropServices;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;
using UniBench.Monitor.Files;
using UniBench.Monitor.Memory;

namespace UniBench.Monitor.Calls;

/// <summary>What /proc asks of a process. From any thread, as long as it cannot end: on its own, or with the family's gate held.</summary>
internal sealed class Inspection(GuestProcess process) : CallModule(process)
{
    private const int LongestCommandLine = 4 << 20;

    public LibosHeader Header => Family.Host.Libos.Header;

    /// <summary>Where its arguments and environment are; null before its first program.</summary>
    public StartStrings? Strings { get; set; }

    /// <summary>What ps calls it, a char for each byte.</summary>
    public string Name
    {
        get
        {
            Span<byte> name = Vm.Control.Comm;
            int end = name.IndexOf((byte)0);
            return PathText.Of(name[..(end < 0 ? GuestLayout.Comm - 1 : end)]);
        }
    }

    public void SetName(string name)
    {
        Span<byte> to = Vm.Control.Comm;
        byte[] bytes = PathText.Bytes(name);
        to.Clear();
        bytes.AsSpan(0, Math.Min(bytes.Length, GuestLayout.Comm - 1)).CopyTo(to);
    }

    /// <summary>A word of the library OS's data.</summary>
    public T ReadPrivate<T>(ulong address)
        where T : unmanaged => Vm.Memory.At<T>((long)(address - GuestLayout.LibosPrivate));

    /// <summary>What the process has open, by number.</summary>
    public DescriptorEntry[] Descriptors()
    {
        DescriptorEntry[] copy = new DescriptorEntry[GuestLayout.Descriptors];
        Span<byte> bytes = MemoryMarshal.AsBytes(copy.AsSpan(0, (int)Math.Min(Vm.Control.Descriptors, GuestLayout.Descriptors)));
        Vm.Memory.Slice(GuestLayout.DescriptorsOffset, bytes.Length).Span.CopyTo(bytes);
        return copy;
    }

    public ResourceLimit[] Limits() => Table<ResourceLimit>(Header.Limits, GuestLayout.Rlimits);

    /// <summary>An epoll set or a signal descriptor that the library OS keeps.</summary>
    public EventSet EventSet(int slot) => Table<EventSet>(Header.EventSets, GuestLayout.EventSets)[Math.Clamp(slot, 0, GuestLayout.EventSets - 1)];

    /// <summary>What such a set waits for.</summary>
    public Interest[] Interests(int slot, uint count)
    {
        Interest[] copy = new Interest[Math.Min(count, GuestLayout.Interests)];
        ulong at = GuestLayout.EpollTables + ((ulong)Math.Clamp(slot, 0, GuestLayout.EventSets - 1) * GuestLayout.Interests * (ulong)Marshal.SizeOf<Interest>());
        return new AddressReader(Vm).TryRead(at, MemoryMarshal.AsBytes(copy.AsSpan())) ? copy : [];
    }

    /// <summary>argv as it is now: programs write over it to say what they do. One that has no NUL at its end goes on in the environment.</summary>
    public byte[] CommandLine()
    {
        if (Strings is not { } strings || ReadProgram(strings.ArgumentsStart, strings.ArgumentsEnd) is not { Length: > 0 } arguments)
        {
            return [];
        }

        if (arguments[^1] == 0 || ReadProgram(strings.ArgumentsStart, strings.EnvironmentEnd) is not { } longer)
        {
            return arguments;
        }

        int end = Array.IndexOf(longer, (byte)0);
        return end < 0 ? longer : longer[..end];
    }

    public byte[] EnvironmentText() => Strings is { } strings ? ReadProgram(strings.EnvironmentStart, strings.EnvironmentEnd) ?? [] : [];

    public byte[] AuxiliaryVector() => Strings is { } strings ? MemoryMarshal.AsBytes<ulong>([.. strings.Auxiliary]).ToArray() : [];

    /// <summary>Where the family has a file that is mapped; empty where nobody knows.</summary>
    public string NameOfMapped(in HostEntry file) => Family.MappedNames.Find((file.Device, file.Inode));

    /// <summary>CPU time so far; of another thread's process to a hundredth of a second.</summary>
    public Processes.ProcessUsage CpuSoFar()
    {
        (long user, long system) = Process.ThreadId == HostThread.CurrentId ? HostThread.CpuTime() : HostIdentity.AsOwn(() => HostThread.CpuTime(Process.ThreadId));
        return new Processes.ProcessUsage(Math.Max(0, user - Process.CpuAtStart.UserUs) + Process.OutsideCpuUs, Math.Max(0, system - Process.CpuAtStart.SystemUs), Process.ResidentBytes() >> 10);
    }

    private T[] Table<T>(ulong address, int count)
        where T : unmanaged
    {
        T[] copy = new T[count];
        Span<byte> bytes = MemoryMarshal.AsBytes(copy.AsSpan());
        Vm.Memory.Slice((long)(address - GuestLayout.LibosPrivate), bytes.Length).Span.CopyTo(bytes);
        return copy;
    }

    private byte[]? ReadProgram(ulong start, ulong end)
    {
        byte[] bytes = new byte[Math.Min(end - start, LongestCommandLine)];
        return new AddressReader(Vm).TryRead(start, bytes) ? bytes : null;
    }
}
