namespace UniBench.Monitor.Files;

/// <summary>Nothing beside the mounts.</summary>
internal sealed class NoSpecialFiles : ISpecialFiles
{
    public static readonly NoSpecialFiles Instance = new();

    public bool Owns(string path) => false;

    public SpecialFile? Find(string path) => null;
}
