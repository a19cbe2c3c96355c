using UniBench.Workloads;

namespace UniBench.Backends;

/// <summary>Refuses what cannot be a program before anything is started, with the same words on every backend.</summary>
internal static class ProgramFile
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <exception cref="LaunchException">A stage has no program that could be run, or there is no stage.</exception>
    public static void CheckAll(IReadOnlyList<ProcessSpec> stages)
    {
        if (stages.Count == 0)
        {
            throw new LaunchException("a workload needs at least one program");
        }

        foreach (ProcessSpec stage in stages)
        {
            string? wrong = Directory.Exists(stage.Path) ? "is a directory"
                : !File.Exists(stage.Path) ? "no such program"
                : (File.GetUnixFileMode(stage.Path) & Executable) == 0 ? "not executable: chmod +x"
                : stage.Arguments.Count == 0 ? "has an empty argument vector; the first argument is the program's own name"
                : null;
            if (wrong is not null)
            {
                throw new LaunchException($"{stage.Path}: {wrong}");
            }
        }
    }
}
