namespace UniBench.Host;

/// <summary>The host's time stamp counter, which .NET has no intrinsic for.</summary>
public static unsafe class TimeStampCounter
{
    private static readonly HostMapping Code = Assemble();

    /// <summary>Ticks, as the instruction `rdtsc` gives them to guests too.</summary>
    public static ulong Read() => ((delegate* unmanaged[SuppressGCTransition]<ulong>)Code.Pointer)();

    private static HostMapping Assemble()
    {
        HostMapping page = HostMapping.Anonymous(4096);

        // rdtsc; shl rdx, 32; or rax, rdx; ret
        ReadOnlySpan<byte> code = [0x0f, 0x31, 0x48, 0xc1, 0xe2, 0x20, 0x48, 0x09, 0xd0, 0xc3];
        code.CopyTo(page.Range.Span);
        page.MakeExecutable();
        return page;
    }
}
