namespace UniBench.Benchmarks;

/// <summary>Finds guest programs from wherever BenchmarkDotNet put the benchmark's executable.</summary>
internal static class Repository
{
    public static string Program(string name)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "UniBench.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("no UniBench.sln above the benchmark"), "guest", "build", "programs", name);
    }
}
