using System.CommandLine;
using UniBench.Backends;
using UniBench.Cli.Repl;
using UniBench.Cli.Running;
using UniBench.Workbench.Running;
using UniBench.Workbench.Scripting;

namespace UniBench.Cli.Commands;

/// <summary>`unibench repl`: the scenario vocabulary, line by line.</summary>
internal static class ReplCommand
{
    public const string Name = "repl";

    public static Command Create(CommandLine line)
    {
        Option<IReadOnlyList<string>?> names = Options.Backends($"Backends to measure, by default those that can run here of {string.Join(',', BackendRegistry.Usual)}.");
        Command command = new(Name, "Reads lines of a scenario from the terminal or stdin; Run() measures, Plan() shows, Forget() starts anew, exit ends.") { names };
        command.SetAction(parsed =>
        {
            line.RefuseRest(Name);
            RunOptions options = new()
            {
                Backends = parsed.GetValue(names) ?? BackendRegistry.Usual,
                BackendsRequired = parsed.GetValue(names) is not null,
                Rounds = RunOptions.QuickRounds,
                Seed = Random.Shared.NextInt64(1, 1L << 31),
                CommandLine = line.Text,
            };
            Progress progress = Progress.On(line.Errors);
            using BackendSet set = ScenarioArguments.Make(options, line, progress);
            TypedScenario scenario = new(Path.GetFullPath("repl.csx"), ProgramCatalog.Shipped(), options, set.Unavailable, line.Output, (plan, rounds, folder, output) =>
            {
                using Interruption interruption = new();
                new ScenarioRunner(options with { Rounds = rounds, Replace = true }, set, new WatchedRun(progress, output, interruption, folder)).Run(plan, folder, interruption.Token);
            });
            TypedScript session = new(scenario);
            ReplLines lines = new(session);
            if (lines.IsInteractive)
            {
                line.Errors.WriteLine("Declare with Param, Program, Case, as in a scenario; Run() measures, Plan() shows, Forget() starts anew. Tab completes, exit or Ctrl-D ends.");
            }

            return Loop(line, session, lines);
        });
        return command;
    }

    /// <returns>2 when something typed had an error and nobody sits there who saw it.</returns>
    private static int Loop(CommandLine line, TypedScript session, ReplLines lines)
    {
        string typed = "";
        int errors = 0;
        while (lines.Read(typed.Length == 0, CancellationToken.None) is { } next)
        {
            if (typed.Length == 0 && next.Trim() is "exit" or "quit")
            {
                break;
            }

            typed += next + "\n";
            if (!TypedScript.IsComplete(typed))
            {
                continue;
            }

            errors += Evaluate(line, session, typed) ? 0 : 1;
            typed = "";
        }

        if (typed.Trim().Length > 0)
        {
            errors += Evaluate(line, session, typed) ? 0 : 1; // what its end is missing is said by the compiler
        }

        return errors > 0 && Console.IsInputRedirected ? ExitCodes.Usage : ExitCodes.Ok;
    }

    private static bool Evaluate(CommandLine line, TypedScript session, string text)
    {
        try
        {
            if (session.Evaluate(text) is { } value)
            {
                line.Output.WriteLine(value);
            }

            return true;
        }
        catch (ScenarioException e)
        {
            line.Errors.WriteLine(e.Message);
            return false;
        }
    }
}
