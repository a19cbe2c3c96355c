using System.CommandLine;
using System.Text;

namespace UniBench.Cli.Commands;

/// <summary>unibench(1), made from the commands themselves: man(7) macros.</summary>
internal static class ManPage
{
    public static string Of(RootCommand root)
    {
        StringBuilder text = new();
        text.Append(".\\\" Made by `unibench man`: change the commands, not this file.\n.TH UNIBENCH 1 \"\" \"UniBench\" \"User Commands\"\n");
        text.Append(".SH NAME\nunibench \\- multi-process programs as unikernels, in sandboxes, as Linux processes and in containers: run, measured, compared\n");
        text.Append(".SH SYNOPSIS\n.B unibench\n.I command\n.RI [ options ]\n.RB [ \\-\\- \"\\ \" \\fIarguments\\fP ]\n");
        text.Append(".SH COMMANDS\n");
        foreach (Command command in root.Subcommands.Where(c => !c.Hidden))
        {
            Describe(text, command, command.Name);
        }

        text.Append(".SH EXIT STATUS\n");
        foreach ((string code, string meaning) in HelpWithExamples.ExitStatus)
        {
            text.Append($".TP\n.B {code}\n{Escape(meaning)}\n");
        }

        text.Append(".SH ENVIRONMENT\n");
        foreach ((string name, string meaning) in Environment)
        {
            text.Append($".TP\n.B {name}\n{Escape(meaning)}\n");
        }

        return text.ToString();
    }

    private static readonly (string Name, string Meaning)[] Environment =
    [
        ("UNIBENCH_PROGRAMS", "Directory of the workload programs, instead of those that came along."),
        ("UNIBENCH_STORE", "Where baselines and history are kept; .unibench if not set."),
        ("UNIBENCH_BENCHMARKS", "UniBench.Benchmarks.dll for micro, instead of the one that came along."),
        ("XDG_CACHE_HOME", "Compiled scenarios are kept in unibench/scenarios beneath it; ~/.cache if not set."),
        ("XDG_STATE_HOME", "unibench/ beneath it keeps the history of repl and what test --last-failed needs; ~/.local/state if not set."),
        ("NO_COLOR", "Set to anything: no live progress line."),
    ];

    private static void Describe(StringBuilder text, Command command, string name)
    {
        string arguments = string.Concat(command.Arguments.Select(a => a.Arity.MinimumNumberOfValues > 0 ? $" \\fI{Escape(a.Name)}\\fP" : $" [\\fI{Escape(a.Name)}\\fP]"));
        text.Append($".SS \"unibench {name}\"\n");
        if (command.Subcommands.Count == 0)
        {
            text.Append($".B unibench {name}\\fR{arguments}{(command.Options.Any(o => !o.Hidden) ? " [\\fIoptions\\fP]" : "")}\n.PP\n");
        }

        text.Append($"{Escape(command.Description ?? "")}\n");
        foreach (Argument argument in command.Arguments.Where(a => a.Description is not null))
        {
            text.Append($".TP\n.I {Escape(argument.Name)}\n{Escape(argument.Description!)}\n");
        }

        foreach (Option option in command.Options.Where(o => !o.Hidden && o.Description is not null))
        {
            string names = string.Join(", ", option.Aliases.Prepend(option.Name));
            text.Append($".TP\n.BR {Escape(names).Replace(" ", "\\ ", StringComparison.Ordinal)}{(option.HelpName is { } value ? $" \\ \\fI{Escape(value)}\\fP" : "")}\n{Escape(option.Description!)}\n");
        }

        foreach (Command sub in command.Subcommands)
        {
            Describe(text, sub, $"{name} {sub.Name}");
        }

        if (HelpWithExamples.Examples.TryGetValue(name, out string[]? examples))
        {
            text.Append(".PP\nExamples:\n.PP\n.EX\n");
            foreach (string example in examples)
            {
                text.Append($"    {Escape(example)}\n");
            }

            text.Append(".EE\n");
        }
    }

    private static string Escape(string text)
    {
        string escaped = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal).Replace("'", "\\(aq", StringComparison.Ordinal);
        return escaped.StartsWith('.') ? "\\&" + escaped : escaped;
    }
}
