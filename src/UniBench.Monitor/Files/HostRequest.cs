namespace UniBench.Monitor.Files;

/// <summary>
/// An ioctl(2) that guests may make on a descriptor of the host. The list is complete: a request that is not on it would reach a driver,
/// a network device or a file system that the family was never granted, and is ENOTTY.
/// </summary>
/// <param name="Number">As Linux numbers it.</param>
/// <param name="In">Bytes of the structure that the host reads.</param>
/// <param name="Out">Bytes of the structure that it writes; neither: the argument is a number.</param>
/// <param name="Of">What it may be asked of; elsewhere ENOTTY.</param>
internal readonly record struct HostRequest(uint Number, int In, int Out, RequestReach Of)
{
    private const RequestReach Any = RequestReach.Descriptors, Terminals = RequestReach.Terminals, Pairs = RequestReach.PseudoTerminals;
    private const int Settings = 36; // struct termios
    private const int OldSettings = 18; // struct termio
    private const int NewSettings = 44; // struct termios2
    private const int WindowSize = 8; // struct winsize
    private const int Number32 = 4; // int

    // The group and session of a terminal (TIOCGPGRP and its kin), and locks, numbers and peers of pairs, are the family's own business and never reach the host.
    private static readonly HostRequest[] All =
    [
        new(0x5401, 0, Settings, Terminals), // TCGETS
        new(0x5402, Settings, 0, Terminals), // TCSETS
        new(0x5403, Settings, 0, Terminals), // TCSETSW
        new(0x5404, Settings, 0, Terminals), // TCSETSF
        new(0x5405, 0, OldSettings, Terminals), // TCGETA
        new(0x5406, OldSettings, 0, Terminals), // TCSETA
        new(0x5407, OldSettings, 0, Terminals), // TCSETAW
        new(0x5408, OldSettings, 0, Terminals), // TCSETAF
        new(0x802c542a, 0, NewSettings, Terminals), // TCGETS2
        new(0x402c542b, NewSettings, 0, Terminals), // TCSETS2
        new(0x402c542c, NewSettings, 0, Terminals), // TCSETSW2
        new(0x402c542d, NewSettings, 0, Terminals), // TCSETSF2
        new(0x5409, 0, 0, Terminals), // TCSBRK
        new(0x540a, 0, 0, Terminals), // TCXONC
        new(0x540b, 0, 0, Terminals), // TCFLSH
        new(0x5425, 0, 0, Terminals), // TCSBRKP
        new(0x5413, 0, WindowSize, Terminals), // TIOCGWINSZ
        new(0x5414, WindowSize, 0, Terminals), // TIOCSWINSZ
        new(0x5424, 0, Number32, Terminals), // TIOCGETD
        new(0x5419, 0, Number32, Terminals), // TIOCGSOFTCAR
        new(0x541a, Number32, 0, Pairs), // TIOCSSOFTCAR
        new(0x80045432, 0, Number32, Pairs), // TIOCGDEV
        new(0x5420, Number32, 0, Pairs), // TIOCPKT
        new(0x80045438, 0, Number32, Pairs), // TIOCGPKT
        new(0x5411, 0, Number32, Any), // TIOCOUTQ, on sockets SIOCOUTQ
        new(0x541b, 0, Number32, Any), // FIONREAD
    ];

    /// <summary>All that there are.</summary>
    public static IEnumerable<uint> Numbers => All.Select(r => r.Number);

    /// <summary>Whether the argument is a number, not an address.</summary>
    public bool TakesNumber => In + Out == 0;

    /// <returns>Null if nobody may ask for it.</returns>
    public static HostRequest? Find(ulong number)
    {
        int at = Array.FindIndex(All, r => r.Number == number);
        return at < 0 ? null : All[at];
    }
}
