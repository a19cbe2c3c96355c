using System.CommandLine;
using UniBench.Workbench;
using UniBench.Workloads;

namespace UniBench.Cli.Commands;

/// <summary>This call of unibench: its own arguments, those that follow <c>--</c>, and where its output goes.</summary>
internal sealed class CommandLine(IReadOnlyList<string> args, TextWriter output, TextWriter errors, Func<string, IBackend> backends)
{
    private const string Separator = "--";

    public TextWriter Output { get; } = output;

    public TextWriter Errors { get; } = errors;

    /// <summary>Makes a backend by its name.</summary>
    public Func<string, IBackend> Backends { get; } = backends;

    /// <summary>What belongs to the script or program; empty when there is no <c>--</c>.</summary>
    public IReadOnlyList<string> Rest { get; private set; } = [];

    public bool HasRest { get; private set; }

    /// <summary>As a shell would take it.</summary>
    public string Text => string.Join(' ', args.Prepend("unibench").Select(Quote));

    /// <summary>The arguments that unibench itself reads. For `exec`, whatever follows the program's name is the program's.</summary>
    public IReadOnlyList<string> Own(RootCommand root)
    {
        int end = args.Count == 0 || args[0] != ExecCommand.Name
            ? args.TakeWhile(a => a != Separator).Count()
            : ProgramStart(root.Subcommands.Single(c => c.Name == ExecCommand.Name));
        HasRest = end < args.Count;
        Rest = [.. args.Skip(end < args.Count && args[end] == Separator ? end + 1 : end)];
        return [.. args.Take(end)];
    }

    /// <exception cref="UsageException">Something follows <c>--</c>, and the command has no use for it.</exception>
    public void RefuseRest(string command)
    {
        if (HasRest)
        {
            throw new UsageException($"{command} takes nothing after --");
        }
    }

    /// <summary>This call of `run`, going on with one of its scenarios, as a shell would take it.</summary>
    /// <param name="scripts">All that it was given.</param>
    /// <param name="directory">Where the run is.</param>
    public string Resuming(IReadOnlyList<string> scripts, string script, string directory)
    {
        List<string> kept = [];
        for (int i = 1; i < args.Count && args[i] != Separator; i++)
        {
            if (args[i] is "--out" or "--seed")
            {
                i++;
            }
            else if (!scripts.Contains(args[i]) && args[i] is not ("--replace" or "--resume") && !args[i].StartsWith("--out=", StringComparison.Ordinal) && !args[i].StartsWith("--seed=", StringComparison.Ordinal))
            {
                kept.Add(args[i]);
            }
        }

        return string.Join(' ', ((IEnumerable<string>)["unibench", args[0], script, .. kept, "--out", directory, "--resume", .. HasRest ? Rest.Prepend(Separator) : []]).Select(Quote));
    }

    private int ProgramStart(Command exec)
    {
        int at = 1;
        while (at < args.Count && args[at] != Separator && args[at].StartsWith('-'))
        {
            Option? option = exec.Options.FirstOrDefault(o => o.Name == args[at] || o.Aliases.Contains(args[at]));
            at += option is { Arity.MaximumNumberOfValues: > 0 } && option.ValueType != typeof(bool) ? 2 : 1;
        }

        return Math.Min(at, args.Count);
    }

    /// <summary>A word as a shell takes it.</summary>
    internal static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_=./,:@%+".Contains(c, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
