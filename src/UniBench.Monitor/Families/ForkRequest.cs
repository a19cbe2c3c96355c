namespace UniBench.Monitor.Families;

/// <summary>What the library OS asks of a fork, in one word.</summary>
internal readonly record struct ForkRequest(ulong Word)
{
    /// <summary>The parent waits until the child execs or exits, and lends it its memory until then.</summary>
    public bool IsVfork => (Word & 1) != 0;

    public bool WantsPidfd => (Word & 2) != 0;

    /// <summary>The child is not the caller's but the caller's parent's.</summary>
    public bool IsSibling => (Word & 4) != 0;

    public int ExitSignal => (int)(Word >> 8) & 0xff;

    /// <summary>The number that the child is to have; 0: any.</summary>
    public int Pid => (int)(Word >> 32);
}
