using Iced.Intel;

namespace UniBench.Monitor.Loading;

/// <summary>One linear pass over all instructions: finds the system calls, what hypervisors intercept, and everything that instructions name as a target.</summary>
internal sealed class CodeSweep
{
    private const int Window = 16;
    private readonly RewriteRequest request;
    private readonly HashSet<ulong> tables = [];
    private readonly List<FoundSite> sites = [];

    private CodeSweep(RewriteRequest request)
    {
        this.request = request;
        Targets = new BranchTargets(request.Code);
    }

    public BranchTargets Targets { get; }

    public IReadOnlyList<FoundSite> Sites => sites;

    public static CodeSweep Run(RewriteRequest request)
    {
        CodeSweep sweep = new(request);
        foreach (ulong target in request.Targets)
        {
            sweep.Targets.Add(target);
        }

        foreach (CodeRegion region in request.Code)
        {
            sweep.Decode(region);
        }

        foreach (CodeRegion data in request.Data)
        {
            sweep.Targets.AddPointersIn(data, request.Bias);
            foreach (ulong table in sweep.tables.Where(data.Contains))
            {
                sweep.Targets.AddJumpTable(data, table);
            }
        }

        return sweep;
    }

    private void Decode(CodeRegion region)
    {
        byte[] bytes = region.Bytes.ToArray();
        ByteArrayCodeReader reader = new(bytes);
        Decoder decoder = Decoder.Create(64, reader, region.Address);
        ulong[] recent = new ulong[Window];
        int run = 0;
        while (reader.CanReadByte)
        {
            decoder.Decode(out Instruction instruction);
            if (instruction.IsInvalid)
            {
                // Data between functions, or the middle of an instruction: the next byte may be the start of one.
                run = 0;
                decoder.IP = instruction.IP + 1;
                reader.Position = (int)(instruction.IP + 1 - region.Address);
                continue;
            }

            if (instruction.Code is Code.Syscall or Code.Cpuid)
            {
                int known = Math.Min(run, Window);
                int end = run;
                sites.Add(new FoundSite(region, instruction.IP, instruction.Code == Code.Cpuid, [.. Enumerable.Range(end - known, known).Select(i => recent[i % Window])]));
            }

            AddTargets(instruction);
            recent[run % Window] = instruction.IP;
            run++;
        }
    }

    private void AddTargets(in Instruction instruction)
    {
        for (int i = 0; i < instruction.OpCount; i++)
        {
            switch (instruction.GetOpKind(i))
            {
                case OpKind.NearBranch64:
                    Targets.Add(instruction.NearBranch64);
                    break;
                case OpKind.Memory when instruction.MemoryBase == Register.RIP:
                    AddAddress(instruction.MemoryDisplacement64);
                    break;
                case OpKind.Memory when instruction.MemoryDisplSize > 1:
                    AddAddress(instruction.MemoryDisplacement64); // a table of 4-byte offsets or addresses, not position independent
                    break;
                case OpKind.Immediate32 or OpKind.Immediate32to64 or OpKind.Immediate64:
                    AddAddress(instruction.GetImmediate(i)); // an address in a register, not position independent
                    break;
            }
        }
    }

    private void AddAddress(ulong address)
    {
        if (!Targets.Add(address) && address % 4 == 0 && InData(address))
        {
            tables.Add(address);
        }
    }

    private bool InData(ulong address)
    {
        foreach (CodeRegion data in request.Data)
        {
            if (data.Contains(address))
            {
                return true;
            }
        }

        return false;
    }
}
