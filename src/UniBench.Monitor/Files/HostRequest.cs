namespace UniBench.Monitor.Files;

/// <summary>
/// An ioctl(2) that guests may make on a descriptor of the host. The list is complete: a request that is not on it would reach a driver,
/// a network device or a file system that the family was never granted, and is ENOTTY.
/// </summary>
/// <param name="Number">As Linux numbers it.</param>
/// <param name="In">Bytes of the structure that the host reads.</param>
/// <param name="Out">Bytes of the structure that it writes; neither: the argument is a number.</param>
/// <param name="OfTerminal">Only of terminals; elsewhere ENOTTY.</param>
internal readonly record struct HostRequest(uint Number, int In, int Out, bool OfTerminal)
{
    private const int Settings = 36; // struct termios
    private const int WindowSize = 8; // struct winsize
    private const int Number32 = 4; // int

    // The group and session of a terminal (TIOCGPGRP and its kin) are the family's own business and never reach the host.
    private static readonly HostRequest[] All =
    [
        new(0x5401, 0, Settings, true), // TCGETS
        new(0x5402, Settings, 0, true), // TCSETS
        new(0x5403, Settings, 0, true), // TCSETSW
        new(0x5404, Settings, 0, true), // TCSETSF
        new(0x5409, 0, 0, true), // TCSBRK
        new(0x540a, 0, 0, true), // TCXONC
        new(0x540b, 0, 0, true), // TCFLSH
        new(0x5425, 0, 0, true), // TCSBRKP
        new(0x5413, 0, WindowSize, true), // TIOCGWINSZ
        new(0x5414, WindowSize, 0, true), // TIOCSWINSZ
        new(0x5411, 0, Number32, false), // TIOCOUTQ, on sockets SIOCOUTQ
        new(0x541b, 0, Number32, false), // FIONREAD
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
