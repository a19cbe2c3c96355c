using UniBench.Workloads;

namespace UniBench.Backends;

/// <summary>Scripts as first programs: what their #! line names runs, with the script's path among its arguments, as the host's kernel does it for processes.</summary>
internal static class ScriptFile
{
    private const int MostScripts = 5;

    /// <param name="mounts">What the interpreter will see.</param>
    /// <returns>The stage itself where its program is no script.</returns>
    /// <exception cref="LaunchException">The interpreter could not read the script, or a script is its own interpreter.</exception>
    public static ProcessSpec Interpret(ProcessSpec stage, IReadOnlyList<Mount> mounts)
    {
        for (int depth = 0; depth <= MostScripts; depth++)
        {
            byte[] start = StartOf(stage.Path);
            if (!ScriptLine.IsScript(start))
            {
                return stage;
            }

            if (ScriptLine.Read(start) is not { } line || !Path.IsPathRooted(line.Interpreter))
            {
                throw new LaunchException($"{stage.Path}: is a script, and its first line names no interpreter with its whole path");
            }

            if (!GrantedFiles.IsSamePath(mounts, stage.Path))
            {
                throw new LaunchException($"{stage.Path}: is a script, which {line.Interpreter} would not find: no mount shows it at this path (--root /, or --mount {Path.GetDirectoryName(stage.Path)}:{Path.GetDirectoryName(stage.Path)})");
            }

            stage = new ProcessSpec(
                GrantedFiles.HostPath(mounts, line.Interpreter) ?? line.Interpreter,
                [line.Interpreter, .. line.Argument is { } argument ? [argument] : Array.Empty<string>(), stage.Path, .. stage.Arguments.Skip(1)]);
        }

        throw new LaunchException($"{stage.Path}: the interpreter of a script is a script, more than {MostScripts} times");
    }

    /// <summary>Its first bytes; none where it cannot be read, which whoever runs it will say.</summary>
    private static byte[] StartOf(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] start = new byte[ScriptLine.Longest];
            return start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
