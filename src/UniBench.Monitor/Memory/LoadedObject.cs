using UniBench.Monitor.Loading;

namespace UniBench.Monitor.Memory;

/// <summary>A program or dynamic linker as it was placed in memory.</summary>
/// <param name="Bias">What was added to the file's addresses: 0 unless it is position independent.</param>
/// <param name="Sites">Its system call sites: how many there are and how many could be rewritten.</param>
internal sealed record LoadedObject(ElfFile Elf, ulong Bias, RewriteResult Sites)
{
    private const ulong StubBytes = 64;

    /// <summary>The function an address is in; null if it is none of this object's.</summary>
    public string? Describe(ulong rip)
    {
        // A detoured site lives on in its stub: name the site.
        if (Sites.Sites.Where(s => s.IsDetoured && rip >= s.Stub && rip - s.Stub < StubBytes).MaxBy(s => s.Stub) is { } site)
        {
            return $"system call stub of {Elf.Symbolize(site.Address - Bias) ?? "no symbol"}";
        }

        return Elf.Segments.Any(s => s.Contains(rip - Bias)) ? Elf.Symbolize(rip - Bias) : null;
    }
}
