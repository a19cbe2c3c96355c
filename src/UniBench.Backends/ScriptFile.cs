using System.Text;
using UniBench.Workloads;

namespace UniBench.Backends;

/// <summary>Scripts as first programs: what their #! line names runs, with the script's path among its arguments, as the host's kernel does it for processes.</summary>
internal static class ScriptFile
{
    private const int Line = 255, MostScripts = 5;

    /// <param name="mounts">What the interpreter will see.</param>
    /// <returns>The stage itself where its program is no script.</returns>
    /// <exception cref="LaunchException">The interpreter could not read the script, or a script is its own interpreter.</exception>
    public static ProcessSpec Interpret(ProcessSpec stage, IReadOnlyList<Mount> mounts)
    {
        for (int depth = 0; depth <= MostScripts; depth++)
        {
            if (ReadLine(stage.Path) is not { } line)
            {
                return stage;
            }

            string[] words = line.Split((char[])[' ', '\t'], 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words.Length == 0 || !Path.IsPathRooted(words[0]))
            {
                throw new LaunchException($"{stage.Path}: is a script, and its first line names no interpreter with its whole path");
            }

            if (!GrantedFiles.IsSamePath(mounts, stage.Path))
            {
                throw new LaunchException($"{stage.Path}: is a script, which {words[0]} would not find: no mount shows it at this path (--root /, or --mount {Path.GetDirectoryName(stage.Path)}:{Path.GetDirectoryName(stage.Path)})");
            }

            stage = new ProcessSpec(GrantedFiles.HostPath(mounts, words[0]) ?? words[0], [.. words, stage.Path, .. stage.Arguments.Skip(1)]);
        }

        throw new LaunchException($"{stage.Path}: the interpreter of a script is a script, more than {MostScripts} times");
    }

    /// <summary>What follows #! in the first line; null: no script, or nothing that can be read, which whoever runs it will say.</summary>
    private static string? ReadLine(string path)
    {
        byte[] start = new byte[Line];
        try
        {
            using FileStream file = File.OpenRead(path);
            int length = file.ReadAtLeast(start, Line, throwOnEndOfStream: false);
            ReadOnlySpan<byte> text = start.AsSpan(0, length);
            int end = text.IndexOf((byte)'\n');
            return text.StartsWith("#!"u8) ? Encoding.Latin1.GetString(text[2..(end < 0 ? length : end)]) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
