namespace UniBench.Workloads;

/// <summary>Names of backends that are those of another build of UniBench: <c>unikernel@1a2b3c4d</c> is the unikernel backend of build 1a2b3c4d, and pairs with <c>unikernel</c> of the same run.</summary>
public static class OtherBuild
{
    private const char Separator = '@';

    /// <param name="backend">Of this build.</param>
    /// <param name="build">Which build.</param>
    public static string NameOf(string backend, string build) => $"{backend}{Separator}{build}";

    /// <summary>The backend of this build that it pairs with; null for one that is this build's own.</summary>
    public static string? BaseOf(string backend)
    {
        ArgumentNullException.ThrowIfNull(backend);
        int at = backend.IndexOf(Separator, StringComparison.Ordinal);
        return at < 0 ? null : backend[..at];
    }

    /// <summary>The build's part of the name; null for one that is this build's own.</summary>
    public static string? BuildOf(string backend)
    {
        ArgumentNullException.ThrowIfNull(backend);
        int at = backend.IndexOf(Separator, StringComparison.Ordinal);
        return at < 0 ? null : backend[(at + 1)..];
    }
}
