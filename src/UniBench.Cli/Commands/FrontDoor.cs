using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using UniBench.Backends;
using UniBench.Workbench;
using UniBench.Workbench.Scripting;
using UniBench.Workloads;

namespace UniBench.Cli.Commands;

/// <summary>The command line as a whole: one file for each subcommand, `--` before what belongs to a script or program.</summary>
internal static class FrontDoor
{
    /// <param name="backends">Makes a backend by name; those of this machine by default.</param>
    /// <returns>What the process ends with.</returns>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter errors, Func<string, IBackend>? backends = null)
    {
        // A program's exit status is its own, as with env, timeout and docker: what unibench ends with for itself is one number there.
        bool isExec = args.Count > 0 && args[0] == ExecCommand.Name;
        try
        {
            return Dispatch(new CommandLine(args, output, errors, backends ?? BackendRegistry.Create));
        }
        catch (UsageException e)
        {
            return Failed(ExitCodes.Usage, $"unibench: {e.Message}");
        }
        catch (ScenarioException e)
        {
            // It begins with the script's file and line, where editors look for them.
            return Failed(ExitCodes.Usage, e.Message);
        }
        catch (LaunchException e)
        {
            return Failed(ExitCodes.BackendUnavailable, $"unibench: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            Say("unibench: interrupted");
            return ExitCodes.Interrupted;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A disk that is full, a place that is read-only, an output that is closed: the message names the file.
            return Failed(ExitCodes.Usage, $"unibench: {FileErrors.Text(e)}");
        }
        catch (Exception e)
        {
            return Failed(ExitCodes.InternalError, $"unibench: internal error, please report it: {e}");
        }

        void Say(string message)
        {
            try
            {
                errors.WriteLine(message);
            }
            catch (IOException)
            {
                // Standard error cannot be written to: the exit status alone says it.
            }
        }

        int Failed(int code, string message)
        {
            Say(message);
            return isExec ? ExitCodes.OwnFailure : code;
        }
    }

    private static int Dispatch(CommandLine line)
    {
        RootCommand root = new("Multi-process programs as unikernels, in sandboxes, as Linux processes, in containers and in Linux VMs: run, measured, compared.")
        {
            RunCommand.Create(line),
            ExecCommand.Create(line),
            BenchCommand.Create(line),
            DoctorCommand.Create(line),
            TestCommand.Create(line),
            PlanCommand.Create(line),
            CheckCommand.Create(line),
            InitCommand.Create(line),
            EditorCommand.Create(line),
            WatchCommand.Create(line),
            ReplCommand.Create(line),
            ListCommand.Create(line),
            ReportCommand.Create(line),
            FillCommand.Create(line),
            TimelineCommand.Create(line),
            SweepCommand.Create(line),
            MergeCommand.Create(line),
            CompareCommand.Create(line),
            GateCommand.Create(line),
            BaselineCommand.Create(line),
            HistoryCommand.Create(line),
            MicroCommand.Create(line),
            SelftestCommand.Create(line),
            AgentCommand.Create(line),
            CompletionCommand.Create(line),
            ManCommand.Create(line),
        };
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Aliases.Remove("/h"); // another system's
        help.Aliases.Remove("/?");
        help.Action = new HelpWithExamples((HelpAction)help.Action!, line.Output);

        // Arguments such as @file are the user's own, not files to read options from.
        ParseResult parsed = root.Parse(line.Own(root), new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            Command at = parsed.CommandResult.Command;
            throw new UsageException(at == root ? NoCommand(parsed) : $"{string.Join("; ", parsed.Errors.Select(e => e.Message.TrimEnd('.')))}{Meant(parsed, at)}\nsee unibench {at.Name} --help");
        }

        return parsed.Invoke(new InvocationConfiguration
        {
            Output = line.Output,
            Error = line.Errors,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // Interruption deals with signals
        });
    }

    /// <summary>For the first word that looks like an option of the command, or a command, and is none.</summary>
    private static string Meant(ParseResult parsed, Command at)
    {
        string[] options = [.. at.Options.SelectMany(o => o.Aliases.Prepend(o.Name))];
        string[] commands = [.. at.Subcommands.Concat(parsed.RootCommandResult.Command.Subcommands).Select(c => c.Name)];
        IEnumerable<string> meant = parsed.Tokens.Select(t => t.Value)
            .Where(t => t.StartsWith("--", StringComparison.Ordinal) && !options.Contains(t))
            .Select(t => DidYouMean.Question(t.Split('=')[0], options))
            .Concat(parsed.UnmatchedTokens.Select(t => DidYouMean.Question(t, commands)));
        return meant.FirstOrDefault(q => q.Length > 0) ?? "";
    }

    private static string NoCommand(ParseResult parsed)
    {
        string names = string.Join(", ", parsed.RootCommandResult.Command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name));
        return parsed.UnmatchedTokens.Count == 0
            ? $"which command? {names}; see unibench --help"
            : $"there is no command or option '{parsed.UnmatchedTokens[0]}'{DidYouMean.Question(parsed.UnmatchedTokens[0], parsed.RootCommandResult.Command.Subcommands.Select(c => c.Name))}: {names}; see unibench --help";
    }
}
