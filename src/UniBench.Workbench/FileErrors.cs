using System.Text.RegularExpressions;

namespace UniBench.Workbench;

/// <summary>What went wrong with a file, as Linux says it: the path, then why. .NET's own sentences are made for programmers.</summary>
internal static partial class FileErrors
{
    public static string Text(Exception e)
    {
        string? path = Quoted().Match(e.Message) is { Success: true } found ? found.Groups[1].Value : null;
        return (e, path) switch
        {
            (FileNotFoundException or DirectoryNotFoundException, not null) => $"{path}: no such file or directory",
            (UnauthorizedAccessException, not null) when Directory.Exists(path) => $"{path}: is a directory, or writing there is not permitted",
            (UnauthorizedAccessException, not null) => $"{path}: permission denied",
            (IOException, not null) when Reason().Match(e.Message) is { Success: true } reason => $"{path}: {char.ToLowerInvariant(reason.Value[0])}{reason.Value[1..]}",
            _ => e.Message,
        };
    }

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();

    /// <summary>"No space left on device : '/some/path'".</summary>
    [GeneratedRegex("^[^:']+(?= : ')")]
    private static partial Regex Reason();
}
