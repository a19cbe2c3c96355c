using System.Runtime.InteropServices;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;
using UniBench.Monitor.Files;
using UniBench.Monitor.Segments;

namespace UniBench.Monitor.Calls;

/// <summary>Files in a process's memory.</summary>
internal sealed class MappingCalls(GuestProcess process) : CallModule(process)
{
    /// <summary>Lets the guest see part of a file as memory.</summary>
    public long Map(ulong handle, long offset, long bytes, int kind)
    {
        if (handle == GuestLayout.Cwd)
        {
            return kind == 0 ? MoreOf((ulong)offset, bytes) : MapMoreOf((ulong)offset, bytes);
        }

        if (Process.Files.Held(handle) is not { } file)
        {
            return -Errno.EBADF;
        }

        if (!file.IsRegular || file.Special is SpecialFile.Text or SpecialFile.Window or SpecialFile.HostText || HostEntry.Of(file.Descriptor) is not { } entry)
        {
            return -Errno.ENODEV;
        }

        int access = HostIo.GetFlags(file.Descriptor) & (OpenFlags.Accmode | OpenFlags.Path);
        bool shared = (kind & GuestLayout.MapShared) != 0, mayWrite = shared && access == 2 && file.MayWrite;
        if ((access & OpenFlags.Path) != 0)
        {
            return -Errno.EBADF;
        }

        if (access == 1 || ((kind & GuestLayout.MapWrite) != 0 && !mayWrite))
        {
            return -Errno.EACCES;
        }

        if (offset < 0 || bytes <= 0 || bytes > (long)GuestLayout.WindowSlots * GuestLayout.SegmentBytes || offset > long.MaxValue - bytes)
        {
            return -Errno.ENOMEM;
        }

        try
        {
            MappedFile mapped = Family.Host.MappedFiles.Get(file.Descriptor, entry, offset, bytes, mayWrite, (kind & GuestLayout.MapExecute) != 0 && LoadsLibraries);
            try
            {
                if (file.Path is { } path)
                {
                    Family.MappedNames.Note((entry.Device, entry.Inode), path);
                }

                return ShowFile(mapped, offset, entry.Size);
            }
            finally
            {
                mapped.Released();
            }
        }
        catch (HostException e)
        {
            Family.LimitHit($"mmap: {e.Message}");
            return -Errno.ENOMEM;
        }
    }

    /// <summary>
    /// Whether code that the process maps is there to be run as it is. A static program at a fixed address reads what it maps: valgrind, which
    /// translates it, must find what the file has.
    /// </summary>
    private bool LoadsLibraries => Vm.Program is not { Bias: 0, InterpreterBase: 0 };

    /// <summary>How much of a file that is mapped already there is behind an address of the window.</summary>
    private long MoreOf(ulong address, long bytes)
    {
        if (FileAt(address, out long offset) is not { } file)
        {
            return -Errno.ENODEV;
        }

        return bytes > 0 && bytes <= file.Offset + file.Length - offset ? Math.Clamp(SizeOf(file) - offset, 1, bytes) : 0;
    }

    /// <summary>Maps more bytes of a file that is mapped already, from an address of the window on, through a descriptor of it that the process still has.</summary>
    private long MapMoreOf(ulong address, long bytes)
    {
        if (FileAt(address, out long offset) is not { } file)
        {
            return -Errno.ENODEV;
        }

        foreach (ulong handle in bytes > 0 ? HandlesOf(file) : [])
        {
            long at = Map(handle, offset, bytes, GuestLayout.MapShared | (file.IsWritable ? GuestLayout.MapWrite : 0));
            if (at >= 0)
            {
                MemoryMarshal.Write(Vm.Bounce.Span, Math.Clamp(SizeOf(file) - offset, 1, bytes));
                return at;
            }
        }

        return -Errno.ENOMEM;
    }

    /// <summary>The file behind an address of the window.</summary>
    /// <param name="offset">In the file.</param>
    private MappedFile? FileAt(ulong address, out long offset)
    {
        FileSegment? piece = Vm.Window.At(address / GuestLayout.SegmentBytes) as FileSegment;
        offset = piece?.OffsetInFile((long)(address % GuestLayout.SegmentBytes)) ?? 0;
        return piece?.File;
    }

    private ulong[] HandlesOf(MappedFile file) => [.. Process.Files.Open.Of((file.Entry.Device, file.Entry.Inode))];

    /// <summary>Of now, if anybody of the family still has it open; else of when it was mapped.</summary>
    private long SizeOf(MappedFile file) => Process.Files.Open.All.SizeOf((file.Entry.Device, file.Entry.Inode)) ?? file.Entry.Size;

    private long ShowFile(MappedFile mapped, long offset, long size)
    {
        int first = Vm.Window.SlotOf(mapped.Pieces[0]);
        if (first < 0)
        {
            first = Vm.Window.FreeFor(mapped.Pieces);
            if (first < 0)
            {
                Family.LimitHit($"mmap: more than {GuestLayout.WindowSlots * (GuestLayout.SegmentBytes >> 20)} MB of files and pipes at once");
                return -Errno.ENOMEM;
            }
        }

        Process.Segments.Show(first, mapped.Pieces);
        long start = (long)first * GuestLayout.SegmentBytes;
        MappedFileAnswer answer = new() { Size = size, Writable = mapped.IsWritable ? 1 : 0 };
        if (mapped.Stubs is { } stubs && stubs.AwayFrom(offset) is { } away)
        {
            (answer.Stubs, answer.StubBytes, answer.StubsAway) = (start + stubs.Offset, stubs.Bytes, away);
        }

        MemoryMarshal.Write(Vm.Bounce.Span, answer);

        return start + offset - mapped.Offset;
    }
}
