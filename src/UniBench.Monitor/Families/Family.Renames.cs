namespace UniBench.Monitor.Families;

/// <summary>What a rename moves with it: working directories and open files know where they are by their path.</summary>
internal sealed partial class Family
{
    /// <summary>A name of the family's tree is another one now, and so is all that lies below it.</summary>
    /// <param name="isExchange">The other way round, too.</param>
    public void Renamed(string from, string to, bool isExchange)
    {
        if (from == to)
        {
            return;
        }

        files.Rename(Moved);
        lock (gate)
        {
            foreach (GuestProcess process in processes.Values)
            {
                if (Moved(process.Paths.WorkingDirectory) is { } now)
                {
                    process.Paths.WorkingDirectory = now;
                }

                process.Paths.Root = Moved(process.Paths.Root) ?? process.Paths.Root;
            }
        }

        string? Moved(string path) => Below(from, path) ? to + path[from.Length..] : isExchange && Below(to, path) ? from + path[to.Length..] : null;
    }

    private static bool Below(string directory, string path) =>
        path.StartsWith(directory, StringComparison.Ordinal) && (path.Length == directory.Length || path[directory.Length] == '/');
}
