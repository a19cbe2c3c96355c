using System.CommandLine;
using System.Globalization;
using UniBench.Cli.Running;
using UniBench.Cli.Scripting;

namespace UniBench.Cli.Commands;

/// <summary>`unibench check`: compiles scripts and lets them declare; launches nothing.</summary>
internal static class CheckCommand
{
    public const string Name = "check";

    public static Command Create(CommandLine line)
    {
        Argument<string[]> scripts = Options.Files("scenario", "Scenario scripts, or directories of them. What follows -- is theirs, as Args.", ArgumentArity.OneOrMore);
        Command command = new(Name, "Compiles scenarios without running them; errors have file, line and column.") { scripts };
        command.SetAction(parsed =>
        {
            using Interruption interruption = new();
            ScenarioReader reader = new(ProgramCatalog.Shipped(), new ParameterOverrides([]), line.Rest, ScenarioCache.OfUser());
            int code = ExitCodes.Ok;
            foreach (string script in ScenarioFiles.Of(parsed.GetRequiredValue(scripts)))
            {
                try
                {
                    ScenarioPlan plan = reader.Read(script, interruption.Token);
                    line.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{script}: ok, {plan.Scenario.Cases.Count} cases, {plan.Points.Count} points"));
                }
                catch (Exception e) when (e is ScenarioException or UsageException)
                {
                    line.Errors.WriteLine(e.Message);
                    code = ExitCodes.Usage;
                }
            }

            return code;
        });
        return command;
    }
}
