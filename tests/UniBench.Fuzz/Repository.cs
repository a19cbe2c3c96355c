namespace UniBench.Fuzz;

/// <summary>The checkout that this was built in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>A program that guest/Makefile built.</summary>
    public static string Built(string name) => Path.Combine(Root, "guest", "build", name);

    private static string Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "guest", "Makefile")))
            {
                return at.FullName;
            }
        }

        throw new DirectoryNotFoundException($"no checkout of UniBench above {AppContext.BaseDirectory}");
    }
}
