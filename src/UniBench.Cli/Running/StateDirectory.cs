namespace UniBench.Cli.Running;

/// <summary>Where unibench remembers what a user did last.</summary>
internal static class StateDirectory
{
    /// <summary>unibench/ in $XDG_STATE_HOME, or in ~/.local/state where that is not set.</summary>
    public static string OfUser() => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state"),
        "unibench");
}
