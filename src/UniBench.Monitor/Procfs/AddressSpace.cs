using System.Runtime.InteropServices;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;
using UniBench.Monitor.Files;
using UniBench.Monitor.Memory;
using UniBench.Monitor.Segments;

namespace UniBench.Monitor.Procfs;

/// <summary>What a process has mapped, and how much of it is there, as its library OS and its page tables had it at one instant.</summary>
internal sealed record AddressSpace(IReadOnlyList<AreaView> Areas)
{
    public long Bytes => Areas.Sum(a => a.Bytes);

    public long Resident => Areas.Sum(a => a.Resident);

    public long ResidentAnonymous => Areas.Sum(a => a.Anonymous);

    /// <summary>Of files, and of memory that processes share.</summary>
    public long ResidentShared => Resident - ResidentAnonymous;

    public long ResidentOfMemory => Areas.Where(a => a.IsSharedMemory).Sum(a => a.Resident - a.Anonymous);

    /// <summary>Private and writable, the stack apart.</summary>
    public long DataBytes => Areas.Where(a => a is { IsWritable: true, IsShared: false, IsStack: false }).Sum(a => a.Bytes);

    public long StackBytes => Areas.Where(a => a.IsStack).Sum(a => a.Bytes);

    /// <summary>Of the program itself.</summary>
    public long CodeBytes => Areas.Where(a => a is { IsExecutable: true, IsProgram: true }).Sum(a => a.Bytes);

    public long LibraryBytes => Areas.Where(a => a is { IsExecutable: true, IsProgram: false }).Sum(a => a.Bytes);

    public long TableBytes { get; private init; }

    /// <summary>Of a process that cannot end meanwhile.</summary>
    public static AddressSpace Capture(GuestProcess process)
    {
        AddressReader reader = new(process.Vm);
        int count = (int)Math.Min(process.Inspection.ReadPrivate<ulong>(process.Inspection.Header.MemoryAreas), GuestLayout.Areas);
        MemoryArea[] areas = new MemoryArea[count];
        if (!reader.TryRead(GuestLayout.LibosTables, MemoryMarshal.AsBytes(areas.AsSpan())))
        {
            return new AddressSpace([]);
        }

        List<AreaView> views = [];
        ulong behind = 0;
        foreach (MemoryArea area in areas)
        {
            if (area.Start >= behind && area.End > area.Start && area.End <= GuestLayout.StackTop)
            {
                views.Add(View(process, reader, area));
                behind = area.End;
            }
        }

        return new AddressSpace(views)
        {
            TableBytes = (long)Math.Min(process.Vm.Control.TablesNext - process.Vm.TablesBase, GuestLayout.TablesSize),
        };
    }

    /// <summary>Bytes of the process, as far as they go: pages of its own that were never touched are zero, where nothing is mapped they end.</summary>
    /// <returns>How many, or -EIO where there are none.</returns>
    public static int Read(GuestProcess process, ulong address, Span<byte> to)
    {
        AddressReader reader = new(process.Vm);
        IReadOnlyList<AreaView>? areas = null;
        int done = 0;
        while (done < to.Length && IsOfPrograms(address))
        {
            Span<byte> piece = to.Slice(done, Math.Min(to.Length - done, GuestLayout.Page - (int)(address % GuestLayout.Page)));
            if (!reader.TryRead(address, piece))
            {
                areas ??= Capture(process).Areas;
                if (!areas.Any(a => a.Start <= address && address < a.End && a is { Inode: 0, IsShared: false }))
                {
                    break;
                }

                piece.Clear();
            }

            done += piece.Length;
            address += (ulong)piece.Length;
        }

        return done > 0 || to.IsEmpty ? done : -Errno.EIO;
    }

    /// <summary>Writes where the process has pages of its own that it may write to, as far as those go.</summary>
    public static int Write(GuestProcess process, ulong address, ReadOnlySpan<byte> from)
    {
        AddressReader tables = new(process.Vm);
        int done = 0;
        while (done < from.Length && IsOfPrograms(address))
        {
            int bytes = Math.Min(from.Length - done, GuestLayout.Page - (int)(address % GuestLayout.Page));
            if (!tables.TryWrite(address, from.Slice(done, bytes)))
            {
                break;
            }

            (done, address) = (done + bytes, address + (ulong)bytes);
        }

        return done;
    }

    /// <summary>Not what the library OS has between: all of the process's memory once more, and its ring slots.</summary>
    private static bool IsOfPrograms(ulong address) => address is < GuestLayout.DirectMap or (>= GuestLayout.WindowsEnd and < GuestLayout.StackTop);

    private static AreaView View(GuestProcess process, AddressReader reader, MemoryArea area)
    {
        long present = 0, anonymous = 0;
        reader.Visit(area.Start, area.End, (_, frame) =>
        {
            present += GuestLayout.Page;
            anonymous += frame < GuestLayout.GpaLibos ? GuestLayout.Page : 0;
        });
        AreaView view = new(area.Start, area.End, area.Prot, area.Flags) { Resident = present, Anonymous = anonymous };
        if (area.Flags.HasFlag(AreaFlags.Heap))
        {
            return view with { Name = "[heap]" };
        }

        if (area.Flags.HasFlag(AreaFlags.Stack))
        {
            return view with { Name = "[stack]" };
        }

        return area.Backing >= GuestLayout.GpaWindow ? OfBacking(process, area, view) : OfProgram(process, area, view);
    }

    private static AreaView OfBacking(GuestProcess process, in MemoryArea area, AreaView view)
    {
        ulong within = area.Backing - GuestLayout.GpaWindow;
        if (process.Vm.Window.At(within / GuestLayout.SegmentBytes) is not { } segment)
        {
            return view;
        }

        long offset = (long)(within % GuestLayout.SegmentBytes);
        return segment is FileSegment { File: { } file } piece
            ? view with { Name = process.Inspection.NameOfMapped(file.Entry), Offset = (ulong)piece.OffsetInFile(offset), Device = file.Entry.Device, Inode = file.Entry.Inode }
            : view with
            {
                Name = area.Flags.HasFlag(AreaFlags.Attached) ? NameOf(segment) : "/dev/zero (deleted)",
                Offset = (ulong)(((long)segment.Index * GuestLayout.SegmentBytes) + offset),
                Device = 1,
                Inode = (ulong)segment.Index + 1,
                IsSharedMemory = true,
            };
    }

    private static string NameOf(Segment segment)
    {
        lock (segment.Gate)
        {
            return segment.Holders.Select(h => h.Holder).OfType<Ipc.SharedMemory>().FirstOrDefault() is { } memory ? FormattableString.Invariant($"/SYSV{memory.Key:x8} (deleted)") : string.Empty;
        }
    }

    private static AreaView OfProgram(GuestProcess process, in MemoryArea area, AreaView view)
    {
        if (process.Vm.Program is not { } image)
        {
            return view;
        }

        foreach (LoadedObject loaded in image.Objects)
        {
            foreach (Loading.ElfSegment segment in loaded.Elf.Segments)
            {
                ulong start = segment.VirtualAddress + loaded.Bias, page = start & ~(ulong)(GuestLayout.Page - 1), end = start + segment.MemorySize;
                if (area.Start >= page && area.Start < end)
                {
                    bool isProgram = loaded == image.Objects[0], isOfFile = area.Start < start + (ulong)segment.FileBytes.Length;
                    return view with
                    {
                        Name = isOfFile ? isProgram ? PathText.OfHost(process.ProgramPath) : PathText.OfHost(image.Elf.Interpreter ?? string.Empty) : string.Empty,
                        Offset = isOfFile ? (ulong)segment.FileOffset - (start - page) + (area.Start - page) : 0,
                        IsProgram = isProgram,
                    };
                }
            }
        }

        return view;
    }
}
