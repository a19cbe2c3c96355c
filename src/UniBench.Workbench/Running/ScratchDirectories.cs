using UniBench.Measure;
using UniBench.Workbench.Scripting;

namespace UniBench.Workbench.Running;

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
            throw new UsageException($"cannot make a scratch directory: {FileErrors.Text(e)}");
        }
    }

    /// <summary>Workloads that changed what they were to read only: a Linux process can, and later launches then find something else.</summary>
    /// <param name="writable">Those that may be changed.</param>
    public IEnumerable<Finding> Findings(IEnumerable<ScratchDirectory> writable) =>
        from directory in directories.Except(writable)
        let changes = directory.Changes()
        where changes.Count > 0
        select new Finding(Severity.Error, "scratch-changed", $"a workload changed files that were given to it for reading: {string.Join(", ", changes.Take(5))}", "say In(..., writable: true), and every launch finds them as described");

    public void Dispose()
    {
        foreach (ScratchDirectory directory in directories)
        {
            directory.Remove();
        }
    }
}
