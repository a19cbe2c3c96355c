using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace UniBench.Cli.Commands;

/// <summary>The command line as a whole: one file for each subcommand, `--` before what belongs to a script or program.</summary>
internal static class FrontDoor
{
    /// <exception cref="UsageException">The command line is wrong.</exception>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter errors)
    {
        CommandLine line = new(args, output, errors);
        RootCommand root = new("Multi-process programs as unikernels, as Linux processes and in containers: run, measured, compared.")
        {
            RunCommand.Create(line),
            ExecCommand.Create(line),
            DoctorCommand.Create(line),
            ListCommand.Create(line),
            ReportCommand.Create(line),
        };
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!, output);

        // Arguments such as @file are the user's own, not files to read options from.
        ParseResult parsed = root.Parse(line.Own(root), new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            Command at = parsed.CommandResult.Command;
            throw new UsageException($"{string.Join("; ", parsed.Errors.Select(e => e.Message))}\nsee unibench {(at == root ? "" : at.Name + " ")}--help");
        }

        return parsed.Invoke(new InvocationConfiguration
        {
            Output = output,
            Error = errors,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // Interruption deals with signals
        });
    }
}
