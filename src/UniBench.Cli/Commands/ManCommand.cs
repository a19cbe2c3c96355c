using System.CommandLine;

namespace UniBench.Cli.Commands;

/// <summary>`unibench man`: the manual page.</summary>
internal static class ManCommand
{
    public const string Name = "man";

    public static Command Create(CommandLine line)
    {
        Command command = new(Name, "Prints the manual page.");
        command.SetAction(parsed =>
        {
            line.RefuseRest(Name);
            line.Output.Write(ManPage.Of((RootCommand)parsed.RootCommandResult.Command));
            return ExitCodes.Ok;
        });
        return command;
    }
}
