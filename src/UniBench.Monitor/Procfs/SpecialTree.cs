using UniBench.Monitor.Families;
using UniBench.Monitor.Files;

namespace UniBench.Monitor.Procfs;

/// <summary>/dev, /proc and /sys as one process sees them: the family's processes and objects, what the host tells everybody, and nothing of the host's processes.</summary>
internal sealed class SpecialTree(Family family, GuestProcess self) : ISpecialFiles
{
    private readonly SpecialFile.Directory devices = DeviceNodes.Open(family);
    private readonly SpecialFile.Directory processes = ProcNodes.Open(new ProcContext(family, self));
    private readonly SpecialFile.Directory system = HostNodes.System;

    public bool Owns(string path) => RootOf(path, out _) is not null;

    public SpecialFile? Find(string path) => RootOf(path, out int length)?.At(path.AsSpan(length));

    private SpecialFile.Directory? RootOf(string path, out int length)
    {
        int end = path.IndexOf('/', 1);
        length = end < 0 ? path.Length : end;
        return path.AsSpan(0, length) switch
        {
            "/dev" => devices,
            "/proc" => processes,
            "/sys" => system,
            _ => null,
        };
    }
}
