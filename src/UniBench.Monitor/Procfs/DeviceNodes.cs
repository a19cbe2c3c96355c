using UniBench.Monitor.Families;
using UniBench.Monitor.Files;

namespace UniBench.Monitor.Procfs;

/// <summary>/dev: the devices that are harmless to everybody, and the terminal that the family was started on.</summary>
internal static class DeviceNodes
{
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
        ("tty", _ => new SpecialFile.Terminal("/dev/tty")));

    public static SpecialFile.Directory Open(Family family) => new(
        () => Table.Names(family).Append("shm"),
        name => Table.Find(family, name) ?? Terminal(family, name))
    { Mode = 0x16d };

    /// <summary>Its device has one name, of one or two parts: tty1, pts/0.</summary>
    private static SpecialFile? Terminal(Family family, string name)
    {
        const string Devices = "/dev/";
        if (family.TerminalName is not { } terminal || !terminal.StartsWith(Devices, StringComparison.Ordinal))
        {
            return null;
        }

        string[] parts = terminal[Devices.Length..].Split('/');
        return name != parts[0] ? null
            : parts.Length == 1 ? new SpecialFile.Terminal(terminal)
            : new SpecialFile.Directory(() => [parts[1]], n => parts.Length == 2 && n == parts[1] ? new SpecialFile.Terminal(terminal) : null) { Mode = 0x16d };
    }
}
