using System.Globalization;

namespace UniBench.Host;

/// <summary>Real, effective, saved and file system id of a user, or of a group.</summary>
public readonly record struct IdSet(uint Real, uint Effective, uint Saved, uint File)
{
    /// <summary>All four alike.</summary>
    public static IdSet Of(uint id) => new(id, id, id, id);
}

/// <summary>Who runs this process, as the kernel sees it: its ids, groups and capabilities when it started.</summary>
public sealed class HostUser
{
    private const string StatusFile = "/proc/self/status";
    private readonly (uint First, uint Count)[] users = Ranges("/proc/self/uid_map");
    private readonly (uint First, uint Count)[] groups = Ranges("/proc/self/gid_map");

    private HostUser()
    {
        Dictionary<string, string> status = File.ReadLines(StatusFile).Select(l => l.Split(':', 2)).Where(l => l.Length == 2).ToDictionary(l => l[0], l => l[1].Trim());
        Users = Ids(status["Uid"]);
        Groups = Ids(status["Gid"]);
        MoreGroups = [.. Words(status["Groups"]).Select(Number)];
        Inheritable = Set("CapInh");
        Permitted = Set("CapPrm");
        Effective = Set("CapEff");
        Bounding = Set("CapBnd");
        Ambient = Set("CapAmb");
        HasNoNewPrivileges = status.GetValueOrDefault("NoNewPrivs") == "1";

        ulong Set(string name) => ulong.Parse(status.GetValueOrDefault(name, "0"), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    /// <summary>Of this process.</summary>
    public static HostUser Own { get; } = new();

    /// <summary>User ids.</summary>
    public IdSet Users { get; }

    /// <summary>Group ids.</summary>
    public IdSet Groups { get; }

    /// <summary>Supplementary groups, sorted.</summary>
    public IReadOnlyList<uint> MoreGroups { get; }

    /// <summary>Capability sets, a bit each.</summary>
    public ulong Inheritable { get; }

    /// <inheritdoc cref="Inheritable"/>
    public ulong Permitted { get; }

    /// <inheritdoc cref="Inheritable"/>
    public ulong Effective { get; }

    /// <inheritdoc cref="Inheritable"/>
    public ulong Bounding { get; }

    /// <inheritdoc cref="Inheritable"/>
    public ulong Ambient { get; }

    /// <summary>Programs that it starts get no further rights.</summary>
    public bool HasNoNewPrivileges { get; }

    /// <summary>Whether its threads can make calls on files as other users and groups.</summary>
    public bool CanBeOthers => (Effective & (1UL << 6 | 1UL << 7)) == (1UL << 6 | 1UL << 7); // CAP_SETGID, CAP_SETUID

    /// <summary>Whether its user namespace has that user.</summary>
    public bool KnowsUser(uint id) => Has(users, id);

    /// <summary>Whether its user namespace has that group.</summary>
    public bool KnowsGroup(uint id) => Has(groups, id);

    private static bool Has((uint First, uint Count)[] ranges, uint id) => id != uint.MaxValue && Array.Exists(ranges, r => id >= r.First && id - r.First < r.Count);

    private static (uint First, uint Count)[] Ranges(string path) => File.Exists(path)
        ? [.. File.ReadLines(path).Select(l => Words(l)).Where(w => w.Length == 3).Select(w => (Number(w[0]), Number(w[2])))]
        : [(0, uint.MaxValue)]; // a kernel without user namespaces

    private static IdSet Ids(string text)
    {
        uint[] ids = [.. Words(text).Select(Number)];
        return new IdSet(ids[0], ids[1], ids[2], ids[3]);
    }

    private static string[] Words(string text) => text.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

    private static uint Number(string text) => uint.Parse(text, CultureInfo.InvariantCulture);
}
