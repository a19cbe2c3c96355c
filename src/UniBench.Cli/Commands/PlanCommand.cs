using System.CommandLine;
using UniBench.Cli.Running;
using UniBench.Workbench.Running;
using UniBench.Workbench.Scripting;

namespace UniBench.Cli.Commands;

/// <summary>`unibench plan`: what `run` would do; launches nothing.</summary>
internal static class PlanCommand
{
    public const string Name = "plan";

    public static Command Create(CommandLine line)
    {
        ScenarioArguments scenarios = new("Scenario scripts, or directories of them. What follows -- is theirs, as Args.");
        Option<int?> rounds = Options.Count("--rounds", $"Measured launches of each case, {RunOptions.DefaultRounds} by default.", 1);
        Command command = new(Name, "Prints what run would launch, how often, and how long that will take; launches nothing.");
        scenarios.AddTo(command);
        command.Add(rounds);
        command.SetAction(parsed =>
        {
            using Interruption interruption = new();
            RunOptions options = scenarios.LaunchOptions(parsed, line) with { Rounds = parsed.GetValue(rounds) ?? RunOptions.DefaultRounds };
            IReadOnlyList<ScenarioPlan> plans = scenarios.Read(parsed, line, interruption.Token);
            using BackendSet set = ScenarioArguments.Make(options, line, Progress.On(line.Errors));
            plans = ScenarioArguments.WithChosen(plans, options, set, line);
            if (plans.Count == 0)
            {
                return ExitCodes.NothingMeasured;
            }

            plans.ToList().ForEach(p => line.Output.Write(PlanText.Of(p, options, set.Unavailable)));
            return ExitCodes.Ok;
        });
        return command;
    }
}
