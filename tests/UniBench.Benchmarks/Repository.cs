namespace UniBench.Benchmarks;

/// <summary>Finds guest programs: those of the tool that brought the benchmarks along, else those of the source tree, from wherever BenchmarkDotNet put the benchmark's executable.</summary>
internal static class Repository
{
    public static string Program(string name)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string beside = Path.Combine(folder.FullName, "programs", name);
            string built = Path.Combine(folder.FullName, "guest", "build", "programs", name);
            if (File.Exists(beside) || File.Exists(built))
            {
                return File.Exists(beside) ? beside : built;
            }
        }

        throw new FileNotFoundException($"no programs/{name} or guest/build/programs/{name} above {AppContext.BaseDirectory}: make -C guest programs");
    }
}
