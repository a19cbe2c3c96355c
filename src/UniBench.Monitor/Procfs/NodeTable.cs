using UniBench.Monitor.Files;

namespace UniBench.Monitor.Procfs;

/// <summary>A directory's names, and how what they stand for is made: null where it is not there.</summary>
/// <typeparam name="T">What the files tell about.</typeparam>
internal sealed class NodeTable<T>(params (string Name, Func<T, SpecialFile?> Make)[] entries)
{
    private readonly Dictionary<string, Func<T, SpecialFile?>> makers = entries.ToDictionary(e => e.Name, e => e.Make, StringComparer.Ordinal);

    public IEnumerable<string> Names(T of) => entries.Where(e => e.Make(of) is not null).Select(e => e.Name);

    public SpecialFile? Find(T of, string name) => makers.TryGetValue(name, out Func<T, SpecialFile?>? make) ? make(of) : null;

    public SpecialFile.Directory Open(T of, uint mode = 0x16d) => new(() => Names(of), name => Find(of, name)) { Mode = mode };
}
