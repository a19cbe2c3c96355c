using UniBench.Cli.Scripting;

namespace UniBench.Cli.Running;

/// <summary>The scratch directories of a scenario while it runs.</summary>
internal sealed class ScratchDirectories(IReadOnlyList<ScratchDirectory> directories) : IDisposable
{
    /// <exception cref="UsageException">One cannot be made.</exception>
    public void Make()
    {
        try
        {
            ScratchDirectory.Sweep();
            foreach (ScratchDirectory directory in directories)
            {
                directory.Make();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"cannot make a scratch directory: {e.Message}");
        }
    }

    public void Dispose()
    {
        foreach (ScratchDirectory directory in directories)
        {
            directory.Remove();
        }
    }
}
