namespace UniBench.Monitor.Loading;

/// <summary>What the rewriter has to know of a program. All addresses are run-time addresses.</summary>
internal sealed record RewriteRequest
{
    /// <summary>Instructions, in order of their addresses.</summary>
    public required IReadOnlyList<CodeRegion> Code { get; init; }

    /// <summary>Everything else of the program: pointers to code and jump tables are looked for here.</summary>
    public IReadOnlyList<CodeRegion> Data { get; init; } = [];

    /// <summary>Addresses that are jumped to for reasons the code does not show: the entry, functions.</summary>
    public IReadOnlyCollection<ulong> Targets { get; init; } = [];

    /// <summary>Added to the file's addresses; pointers in <see cref="Data"/> are still without it.</summary>
    public ulong Bias { get; init; }

    /// <summary>Where the stubs go.</summary>
    public required ulong StubAddress { get; init; }

    /// <summary>Where a system call goes on in the library OS: return address in rcx, everything else as at `syscall`.</summary>
    public required ulong SyscallEntry { get; init; }

    /// <summary>Where `cpuid` goes on in the library OS: return address in rdx, eax and ecx as at `cpuid`; 0: it is left alone.</summary>
    public ulong CpuidEntry { get; init; }

    public static RewriteRequest For(ElfFile elf, ulong bias, ulong stubAddress, ulong syscallEntry, ulong cpuidEntry = 0)
    {
        List<CodeRegion> code = [];
        List<CodeRegion> data = [];
        foreach (ElfSegment segment in elf.Segments)
        {
            Split(elf, segment, bias, code, data);
        }

        return new RewriteRequest
        {
            Code = code,
            Data = data,
            Targets = [elf.Entry + bias, .. elf.Symbols.Addresses.Select(a => a + bias)],
            Bias = bias,
            StubAddress = stubAddress,
            SyscallEntry = syscallEntry,
            CpuidEntry = cpuidEntry,
        };
    }

    /// <summary>Only sections with instructions count as code where the file names them, otherwise the whole executable segment.</summary>
    private static void Split(ElfFile elf, ElfSegment segment, ulong bias, List<CodeRegion> code, List<CodeRegion> data)
    {
        CodeRegion whole = new(segment.VirtualAddress, segment.FileBytes);
        if (!segment.IsExecutable)
        {
            data.Add(new CodeRegion(whole.Address + bias, whole.Bytes));
            return;
        }

        if (elf.Sections.Code.Count == 0)
        {
            code.Add(new CodeRegion(whole.Address + bias, whole.Bytes));
            return;
        }

        ulong at = whole.Address;
        foreach (CodeRegion section in elf.Sections.Code)
        {
            // A section table that contradicts the segments is not believed; its part stays data and is not rewritten.
            if (section.Address < at || section.End > whole.End || section.End < section.Address)
            {
                continue;
            }

            AddData(at, section.Address);
            code.Add(new CodeRegion(section.Address + bias, Part(section.Address, section.End)));
            at = section.End;
        }

        AddData(at, whole.End);

        ReadOnlyMemory<byte> Part(ulong from, ulong to) => whole.Bytes[(int)(from - whole.Address)..(int)(to - whole.Address)];

        void AddData(ulong from, ulong to)
        {
            if (to > from)
            {
                data.Add(new CodeRegion(from + bias, Part(from, to)));
            }
        }
    }
}
