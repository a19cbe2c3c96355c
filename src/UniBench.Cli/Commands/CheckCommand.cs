using System.CommandLine;
using UniBench.Workbench;
using UniBench.Workbench.Scripting;

namespace UniBench.Cli.Commands;

/// <summary>`unibench check`: compiles scripts, and runs no line of them.</summary>
internal static class CheckCommand
{
    public const string Name = "check";

    public static Command Create(CommandLine line)
    {
        Argument<string[]> scripts = Options.Files("scenario", "Scenario scripts, or directories of them.", ArgumentArity.OneOrMore);
        Command command = new(Name, "Compiles scenarios without running them; errors have file, line and column. What only running shows, such as a program that is not there, plan finds.") { scripts };
        command.SetAction(parsed =>
        {
            line.RefuseRest(Name);
            int code = ExitCodes.Ok;
            foreach (string script in ScenarioFiles.Of(parsed.GetRequiredValue(scripts)))
            {
                try
                {
                    ScenarioReader.Compile(script, ScenarioCache.OfUser());
                    line.Output.WriteLine($"{script}: ok");
                }
                catch (Exception e) when (e is ScenarioException or UsageException)
                {
                    line.Errors.WriteLine(e is UsageException ? $"unibench: {e.Message}" : e.Message);
                    code = ExitCodes.Usage;
                }
            }

            return code;
        });
        return command;
    }
}
