namespace UniBench.Workloads;

/// <summary>How a process ended: with an exit code (0..255) or killed by a signal (1..64).</summary>
/// <param name="Code">Exit code, 0 when a signal ended the process.</param>
/// <param name="Signal">Signal number, 0 when the process exited by itself.</param>
public readonly record struct ExitStatus(int Code, int Signal)
{
    public static ExitStatus Exited(int code) => new(code & 0xff, 0);

    public static ExitStatus Killed(int signal) => new(0, signal);

    public bool IsSuccess => Code == 0 && Signal == 0;

    /// <summary>What a shell shows in <c>$?</c>: the code, or 128 + signal.</summary>
    public int ShellCode => Signal != 0 ? 128 + Signal : Code;

    /// <summary>The status word that wait4(2) stores.</summary>
    public int WaitWord => Signal != 0 ? Signal & 0x7f : (Code & 0xff) << 8;

    public static ExitStatus FromWaitWord(int word) =>
        (word & 0x7f) == 0 ? Exited(word >> 8) : Killed(word & 0x7f);

    public override string ToString() => Signal != 0 ? $"killed by signal {Signal}" : $"exit {Code}";
}
