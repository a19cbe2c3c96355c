using System.Globalization;
using UniBench.Monitor.Families;
using UniBench.Monitor.Files;

namespace UniBench.Monitor.Procfs;

/// <summary>/dev: the devices that are harmless to everybody, the family's pseudo-terminals, and the terminal that it was started on.</summary>
internal static class DeviceNodes
{
    private const uint Everybody = 0x16d; // r-xr-xr-x
    private const string Devices = "/dev/", Terminals = "/dev/pts";
    private const string Multiplexer = "ptmx";

    private static readonly NodeTable<Family> Table = new(
        ("null", _ => new SpecialFile.Device("/dev/null")),
        ("zero", _ => new SpecialFile.Device("/dev/zero")),
        ("full", _ => new SpecialFile.Device("/dev/full")),
        ("random", _ => new SpecialFile.Device("/dev/random")),
        ("urandom", _ => new SpecialFile.Device("/dev/urandom")),
        ("fd", _ => new SpecialFile.Link("/proc/self/fd")),
        ("stdin", _ => new SpecialFile.Link("/proc/self/fd/0")),
        ("stdout", _ => new SpecialFile.Link("/proc/self/fd/1")),
        ("stderr", _ => new SpecialFile.Link("/proc/self/fd/2")),
        ("tty", _ => new SpecialFile.Terminal("/dev/tty")),
        (Multiplexer, _ => new SpecialFile.Multiplexer(PseudoTerminal.Multiplexer)),
        ("pts", Pseudo));

    public static SpecialFile.Directory Open(Family family) => new(
        () => Table.Names(family).Append("shm"),
        name => Table.Find(family, name) ?? Terminal(family, name))
    { Mode = Everybody };

    /// <summary>Whether a path leads to the file system of pseudo-terminals.</summary>
    public static bool IsOfTerminals(string path) => path == Terminals || path.StartsWith(Terminals + "/", StringComparison.Ordinal);

    /// <summary>The terminal that the family was started on, if it has no pseudo-terminal's name: tty1.</summary>
    private static SpecialFile.Terminal? Terminal(Family family, string name) =>
        family.TerminalName is { } terminal && terminal == Devices + name ? new SpecialFile.Terminal(terminal) : null;

    /// <summary>The family's, and the one that it was started on; no others of the host's.</summary>
    private static SpecialFile.Directory Pseudo(Family family)
    {
        string? own = family.TerminalName is { } terminal && IsOfTerminals(terminal) ? terminal[(Terminals.Length + 1)..] : null;
        return new SpecialFile.Directory(
            () => [.. own is null ? (string[])[] : [own], .. family.PseudoTerminals.Numbers.Select(n => n.ToString(CultureInfo.InvariantCulture)), Multiplexer],
            name => name == own ? new SpecialFile.Terminal(family.TerminalName!)
                : name == Multiplexer ? new SpecialFile.Multiplexer($"{Terminals}/{Multiplexer}")
                : int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number.ToString(CultureInfo.InvariantCulture) == name && family.PseudoTerminals.Find(number) is { } pair ? new SpecialFile.Pseudo(pair)
                : null)
        { Mode = Everybody | 0x80 };
    }
}
