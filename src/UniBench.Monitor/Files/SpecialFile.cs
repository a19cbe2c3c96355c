namespace UniBench.Monitor.Files;

/// <summary>A file that no mount has: what every program expects in /dev and /proc.</summary>
internal abstract record SpecialFile
{
    /// <summary>A device of the host that is harmless to everybody.</summary>
    public sealed record Device(string HostPath) : SpecialFile;

    /// <summary>The terminal that the family was started on, under one of its two names.</summary>
    public sealed record Terminal(string HostPath) : SpecialFile;

    /// <summary>Text made when it is opened.</summary>
    public sealed record Text(Func<string> Content) : SpecialFile;

    /// <summary>A file of the host that tells about the machine, read as it is.</summary>
    public sealed record HostText(string HostPath) : SpecialFile;

    public sealed record Link(string Target) : SpecialFile;

    /// <summary>/proc/self/exe of a first program: it shows a path, but leads to the program itself, which may lie beneath no mount.</summary>
    public sealed record Program(string HostPath) : SpecialFile;

    public sealed record Directory(IReadOnlyList<string> Names) : SpecialFile;
}
