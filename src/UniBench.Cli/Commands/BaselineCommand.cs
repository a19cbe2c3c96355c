using System.CommandLine;
using System.Globalization;
using UniBench.Cli.Comparing;
using UniBench.Measure;

namespace UniBench.Cli.Commands;

/// <summary>`unibench baseline`: runs kept under a name.</summary>
internal static class BaselineCommand
{
    public const string Name = "baseline";

    public static Command Create(CommandLine line) => new(Name, "Keeps runs under names, for compare and gate; in .unibench/, or where UNIBENCH_STORE says.")
    {
        Save(line),
        List(line),
        Remove(line),
    };

    private static Command Save(CommandLine line)
    {
        Argument<string> name = new("name") { Description = "Letters, digits, '-', '_' and '.'." };
        Argument<string> results = new("results") { Description = "A run's directory or its results.json." };
        Option<bool> replace = new("--replace") { Description = "Replace a baseline of that name." };
        Command command = new("save", "Keeps a run.") { name, results, replace };
        command.SetAction(parsed =>
        {
            line.RefuseRest(Name);
            Baselines.Save(parsed.GetRequiredValue(name), Baselines.Load(parsed.GetRequiredValue(results)), parsed.GetValue(replace));
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command List(CommandLine line)
    {
        Command command = new("list", "Shows what is kept.");
        command.SetAction(_ =>
        {
            line.RefuseRest(Name);
            foreach (string name in Baselines.Names)
            {
                RunResults results = Baselines.Load(name);
                line.Output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}  {results.Environment.Started:yyyy-MM-dd HH:mm}  {results.Environment.GitCommit ?? "no commit"}  {results.Environment.Cpu}  {results.Cases.Count} cases, {results.RoundsPlanned} rounds  {results.Title}"));
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Remove(CommandLine line)
    {
        Argument<string> name = new("name") { Description = "A name that list shows." };
        Command command = new("rm", "Removes a run that was kept.") { name };
        command.SetAction(parsed =>
        {
            line.RefuseRest(Name);
            Baselines.Remove(parsed.GetRequiredValue(name));
            return ExitCodes.Ok;
        });
        return command;
    }
}
