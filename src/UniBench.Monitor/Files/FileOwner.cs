namespace UniBench.Monitor.Files;

/// <summary>Whom an open file tells of what happens to it, and by which signal: F_SETOWN, F_SETSIG, O_ASYNC. Guarded by the family's gate.</summary>
internal sealed class FileOwner
{
    /// <summary>F_OWNER_TID, F_OWNER_PID or F_OWNER_PGRP.</summary>
    public int Kind { get; set; }

    /// <summary>Process or group; 0: nobody.</summary>
    public int Id { get; set; }

    public bool IsGroup => Kind == 2;

    /// <summary>Real and effective user of who set it, whose right to signal counts.</summary>
    public (uint Real, uint Effective) Setter { get; set; }

    /// <summary>What F_SETSIG set; 0: SIGIO, without saying what happened.</summary>
    public int Signal { get; set; }

    public int Sent => Signal == 0 ? Host.Signal.SIGIO : Signal;

    /// <summary>The descriptor by which it was asked for, as the program is told.</summary>
    public int Descriptor { get; set; }

    /// <summary>As Linux does when a lease is given up.</summary>
    public void Clear() => (Kind, Id, Signal) = (0, 0, 0);

    /// <param name="code">POLL_IN and its like.</param>
    /// <param name="band">Events as poll(2) has them.</param>
    public Abi.SignalInformation Information(int code, int band) => Signal == 0
        ? new Abi.SignalInformation { Code = Host.SignalCode.SiKernel }
        : new Abi.SignalInformation { Code = code, Pid = band, Status = Descriptor, Value = (uint)Descriptor }; // where siginfo_t has si_band and si_fd
}
