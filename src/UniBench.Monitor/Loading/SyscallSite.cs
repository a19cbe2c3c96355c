namespace UniBench.Monitor.Loading;

/// <summary>One `syscall` instruction of a program and what became of it.</summary>
/// <param name="Address">Run-time address of the instruction.</param>
/// <param name="Stub">Run-time address of the stub it was detoured to; 0 if it was left as it is.</param>
/// <param name="Refusal">Why it was left as it is (it then works through LSTAR, some 50 times slower); null if it was detoured.</param>
internal sealed record SyscallSite(ulong Address, ulong Stub, string? Refusal)
{
    public bool IsDetoured => Refusal is null;
}
