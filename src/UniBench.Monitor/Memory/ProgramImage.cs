using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Loading;
using UniBench.Monitor.Machines;

namespace UniBench.Monitor.Memory;

/// <summary>A program made ready: text with its system calls rewritten, which its VMs share, and the private memory a fresh VM starts with.</summary>
internal sealed class ProgramImage : IDisposable
{
    private const int MaximumAreas = GuestLayout.ProgramAreas;
    private const ulong LargestEagerBss = 32 * GuestLayout.Page;
    private readonly HostMapping text;
    private readonly HostMapping template;
    private readonly byte[]?[] tables = new byte[GuestLayout.TablesRegions][];

    private ProgramImage(string path, ElfFile elf, HostMapping text, HostMapping template, LoadPlan plan)
    {
        Path = path;
        Elf = elf;
        this.text = text;
        this.template = template;
        Bias = plan.Objects[0].Bias;
        InterpreterBase = plan.Objects.Count > 1 ? plan.Objects[1].Bias : 0;
        Entry = plan.Objects[^1].Elf.Entry + plan.Objects[^1].Bias;
        Objects = plan.Objects;
        ProgramBreak = plan.Break;
        FramesEnd = plan.FramesNext;
        TablesNext = plan.TablesNext;
        TextAddress = plan.TextAddress;
        Areas = [.. plan.Areas];
    }

    public string Path { get; }

    public ElfFile Elf { get; }

    /// <summary>What was added to the file's addresses: 0 unless it is position independent.</summary>
    public ulong Bias { get; }

    /// <summary>Where the dynamic linker was placed; 0 for a static program.</summary>
    public ulong InterpreterBase { get; }

    /// <summary>The first instruction: the dynamic linker's if there is one.</summary>
    public ulong Entry { get; }

    /// <summary>The program, and its dynamic linker.</summary>
    public IReadOnlyList<LoadedObject> Objects { get; }

    public ulong ProgramBreak { get; }

    /// <summary>Private memory in use at the start; the stack comes behind it.</summary>
    public ulong FramesEnd { get; }

    public ulong TablesNext { get; }

    public IReadOnlyList<ProgramArea> Areas { get; }

    /// <summary>Where the text is in every VM's guest-physical memory; no two programs share an address.</summary>
    public ulong TextAddress { get; }

    /// <summary>Read-only.</summary>
    public HostMemory Text => text.Memory;

    /// <summary>Private memory of a fresh VM, from guest-physical 0 to FramesEnd.</summary>
    public HostRange Template => template.Range;

    /// <param name="interpreter">The dynamic linker; null for a static program.</param>
    /// <exception cref="EngineException">The file cannot run as a unikernel; the message says why.</exception>
    public static ProgramImage Build(string path, ElfFile elf, ElfFile? interpreter, IPlatform platform, SharedPages shared, TextAddresses addresses) =>
        new Builder(path, elf, interpreter, platform, shared, addresses).Build();

    /// <summary>The page tables of a fresh VM as they must be in one of the regions.</summary>
    public ReadOnlySpan<byte> TablesFor(int region)
    {
        byte[]? known = Volatile.Read(ref tables[region]);
        if (known is null)
        {
            known = template.Range.Slice(GuestLayout.TablesOffset, (long)TablesNext - GuestLayout.TablesOffset).Span.ToArray();
            PageTables.Move(known, (ulong)(region * GuestLayout.TablesSize));
            Volatile.Write(ref tables[region], known);
        }

        return known;
    }

    public void Dispose()
    {
        text.Dispose();
        template.Dispose();
    }

    private sealed record LoadPlan
    {
        public ulong Break, FramesNext, TablesNext, TextAddress;
        public List<ProgramArea> Areas = [];
        public required List<LoadedObject> Objects;
    }

    /// <summary>Places segments page by page: what may be written is private, the rest is shared.</summary>
    private sealed class Builder(string path, ElfFile elf, ElfFile? interpreter, IPlatform platform, SharedPages shared, TextAddresses addresses)
    {
        private const ulong StubRoom = 1 << 20;
        private readonly LibosImage libos = platform.Libos;
        private readonly SortedDictionary<ulong, (byte[] Bytes, uint Prot)> pages = [];
        private readonly List<ProgramArea> areas = [];
        private readonly List<LoadedObject> objects = [];

        public ProgramImage Build()
        {
            (ulong low, ulong high) = Span(elf);
            ulong bias = elf.IsPositionIndependent ? GuestLayout.ProgramBase - low : 0;
            if (low + bias < 0x10000)
            {
                throw new EngineException($"{path}: a segment at 0x{low:x} overlaps the unmapped first 64 KB: link it at 0x10000 or above");
            }

            if (high + bias > GuestLayout.MmapLow - (16UL << 20))
            {
                throw new EngineException($"{path}: segments reach to 0x{high:x}; addresses from 0x{GuestLayout.MmapLow:x} on are reserved");
            }

            ulong programBreak = Place(elf, bias);
            if (interpreter is not null)
            {
                (ulong first, ulong last) = Span(interpreter);
                Place(interpreter, ((GuestLayout.MmapHigh - StubRoom - (last - first)) & ~0xfffUL) - first);
            }

            areas.Sort((a, b) => a.Start.CompareTo(b.Start));
            return Lay(programBreak);
        }

        private static (ulong Low, ulong High) Span(ElfFile file) =>
            (file.Segments.Min(s => s.VirtualAddress) & ~0xfffUL, file.Segments.Max(s => s.VirtualAddress + s.MemorySize));

        /// <returns>The first free address behind its stubs.</returns>
        private ulong Place(ElfFile file, ulong bias)
        {
            ulong stubs = (Span(file).High + bias + 0xfff) & ~0xfffUL;
            RewriteResult rewrite = SyscallRewriter.Rewrite(RewriteRequest.For(file, bias, stubs, libos.Header.SyscallEntry, libos.Header.CpuidEntry));
            foreach (ElfSegment segment in file.Segments)
            {
                Place(segment, bias);
            }

            foreach (CodePatch patch in rewrite.Patches)
            {
                WriteCode(patch.Address, patch.Bytes.Span);
            }

            objects.Add(new LoadedObject(file, bias, rewrite));
            return (PlaceStubs(stubs, rewrite.StubCode.Span) + 0xfff) & ~0xfffUL;
        }

        private void Place(ElfSegment segment, ulong bias)
        {
            ulong start = segment.VirtualAddress + bias;
            ulong fileEnd = start + (ulong)segment.FileBytes.Length;
            ulong end = start + segment.MemorySize;
            uint prot = (segment.IsReadable ? 1u : 0) | (segment.IsWritable ? 2u : 0) | (segment.IsExecutable ? 4u : 0);
            ulong eagerEnd = end - fileEnd <= LargestEagerBss ? end : fileEnd;
            for (ulong page = start & ~0xfffUL; page < eagerEnd; page += GuestLayout.Page)
            {
                if (!pages.TryGetValue(page, out (byte[] Bytes, uint Prot) there))
                {
                    there = (new byte[GuestLayout.Page], 0);
                }

                ulong from = Math.Max(page, start), to = Math.Min(page + GuestLayout.Page, fileEnd);
                if (from < to)
                {
                    segment.FileBytes.Span[(int)(from - start)..(int)(to - start)].CopyTo(there.Bytes.AsSpan((int)(from - page)));
                }

                pages[page] = (there.Bytes, there.Prot | prot);
            }

            if (areas.Count == MaximumAreas - 1)
            {
                throw new EngineException($"{path}: more than {MaximumAreas - 1} segments");
            }

            ulong areaStart = start & ~0xfffUL;
            if (areas.Count > 0 && areas[^1].End > areaStart)
            {
                areaStart = areas[^1].End; // two segments share a page; the union of their rights is on it
            }

            ulong areaEnd = (end + 0xfff) & ~0xfffUL;
            if (areaStart < areaEnd)
            {
                areas.Add(new ProgramArea { Start = areaStart, End = areaEnd, Prot = prot });
            }
        }

        private ulong PlaceStubs(ulong start, ReadOnlySpan<byte> code)
        {
            for (int offset = 0; offset < code.Length; offset += GuestLayout.Page)
            {
                byte[] bytes = new byte[GuestLayout.Page];
                code[offset..Math.Min(code.Length, offset + GuestLayout.Page)].CopyTo(bytes);
                pages[start + (ulong)offset] = (bytes, 5);
            }

            ulong end = (start + (ulong)code.Length + 0xfff) & ~0xfffUL;
            if (end > start)
            {
                areas.Add(new ProgramArea { Start = start, End = end, Prot = 5 });
            }

            return end;
        }

        private void WriteCode(ulong address, ReadOnlySpan<byte> code)
        {
            for (int i = 0; i < code.Length; i++)
            {
                ulong at = address + (ulong)i;
                pages[at & ~0xfffUL].Bytes[at & 0xfff] = code[i];
            }
        }

        private ProgramImage Lay(ulong programBreak)
        {
            int privatePages = pages.Values.Count(p => (p.Prot & 2) != 0);
            int sharedPages = pages.Count - privatePages;
            HostMapping text = platform.NewMemory("text", Math.Max(1, sharedPages) * GuestLayout.Page);
            HostMapping template = HostMapping.Anonymous((long)libos.PrivateEnd + (privatePages * (long)GuestLayout.Page));
            ulong textAddress = addresses.Take(path, text.Range.Length);
            PageTables tables = new(template.Range, GuestLayout.TablesOffset);
            ulong tablesNext = GuestLayout.TablesOffset + GuestLayout.Page;
            ulong frame = libos.PrivateEnd, sharedFrame = 0;
            libos.Data.CopyTo(template.Range.Slice(GuestLayout.LibosDataOffset, libos.Data.Length).Span);

            // The library OS's own mappings. The page tables themselves are reached through the direct map only.
            shared.MapInto(tables, libos.Header, ref tablesNext);
            for (ulong offset = 0; offset < libos.PrivateEnd; offset += GuestLayout.Page)
            {
                if (offset is < GuestLayout.TablesOffset or >= GuestLayout.TablesOffset + (GuestLayout.TablesRegions * GuestLayout.TablesSize))
                {
                    tables.Map(GuestLayout.LibosPrivate + offset, offset, GuestLayout.PteWritable | GuestLayout.PteNoExecute, ref tablesNext);
                }
            }

            for (ulong i = 0; i < 512; i++)
            {
                tables.MapLarge(GuestLayout.DirectMap + (i << 21), i << 21, GuestLayout.PteWritable | GuestLayout.PteNoExecute, ref tablesNext);
                tables.MapLarge(
                    GuestLayout.Window + (i << 21), GuestLayout.GpaWindow + (i << 21), GuestLayout.PteWritable | GuestLayout.PteNoExecute, ref tablesNext);
            }

            foreach ((ulong address, (byte[] bytes, uint prot)) in pages)
            {
                ulong flags = ((prot & 2) != 0 ? GuestLayout.PteWritable : 0) | ((prot & 4) != 0 ? 0 : GuestLayout.PteNoExecute);
                if ((prot & 2) != 0)
                {
                    bytes.CopyTo(template.Range.Slice((long)frame, GuestLayout.Page).Span);
                    tables.Map(address, frame, flags, ref tablesNext);
                    frame += GuestLayout.Page;
                }
                else
                {
                    bytes.CopyTo(text.Range.Slice((long)sharedFrame, GuestLayout.Page).Span);
                    tables.Map(address, textAddress + sharedFrame, flags, ref tablesNext);
                    sharedFrame += GuestLayout.Page;
                }
            }

            // One page of the stack makes its page table exist; ProgramStart maps the rest.
            tables.Map(GuestLayout.StackTop - GuestLayout.Page, 0, 0, ref tablesNext);
            LoadPlan plan = new() { Break = programBreak, FramesNext = frame, TablesNext = tablesNext, TextAddress = textAddress, Areas = areas, Objects = objects };
            return new ProgramImage(path, elf, text, template, plan);
        }
    }
}
