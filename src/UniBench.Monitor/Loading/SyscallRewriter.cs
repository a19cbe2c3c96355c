namespace UniBench.Monitor.Loading;

/// <summary>
/// Turns the `syscall` instructions of a program into jumps to the library OS, and `cpuid`, too, which hypervisors intercept. A pure
/// function: it changes nothing and says what to change. A site it leaves alone still works, through LSTAR, or as it is.
/// </summary>
internal static class SyscallRewriter
{
    public static RewriteResult Rewrite(RewriteRequest request)
    {
        CodeSweep sweep = CodeSweep.Run(request);
        DetourPlanner planner = new(sweep.Targets);
        StubWriter stubs = new(request.StubAddress, request.SyscallEntry, request.CpuidEntry);
        List<CodePatch> patches = [];
        List<SyscallSite> sites = [];
        ulong free = 0;
        foreach (FoundSite site in sweep.Sites.Where(s => !s.IsCpuid || request.CpuidEntry != 0))
        {
            Detour? detour = planner.Plan(site, free, out string? refusal);
            ulong? stub = detour is null ? null : stubs.Write(detour, site.IsCpuid, out refusal);
            if (detour is not null && stub is { } at)
            {
                patches.Add(StubWriter.Patch(detour, at));
                free = detour.End;
            }

            if (!site.IsCpuid)
            {
                sites.Add(new SyscallSite(site.Address, stub ?? 0, refusal));
            }
        }

        return new RewriteResult(patches, patches.Count == 0 ? ReadOnlyMemory<byte>.Empty : stubs.Code, sites);
    }
}
