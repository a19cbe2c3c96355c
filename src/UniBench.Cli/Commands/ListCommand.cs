using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using UniBench.Cli.Running;
using UniBench.Workbench.Running;
using UniBench.Workbench.Scripting;

namespace UniBench.Cli.Commands;

/// <summary>`unibench list`: scenarios and programs with their parameters; declares, runs nothing but `PROGRAM --help`.</summary>
internal static class ListCommand
{
    public const string Name = "list";

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create(CommandLine line)
    {
        Argument<string[]> scripts = Options.Files("scenario", "Scripts, or directories of them; scenarios/ by default, else those that ship with unibench.", ArgumentArity.ZeroOrMore);
        Option<string> format = new("--format") { Description = "text: scenarios and programs; json: scenarios with every case.", DefaultValueFactory = _ => "text", HelpName = "text|json" };
        format.AcceptOnlyFromAmong("text", "json");
        Command command = new(Name, "Lists scenarios and programs with their parameters.") { scripts, format };
        command.SetAction(parsed =>
        {
            using Interruption interruption = new();
            ProgramCatalog programs = ProgramCatalog.Shipped();
            ScenarioReader reader = new(programs, new ParameterOverrides([]), line.Rest, ScenarioCache.OfUser());
            ScenarioPlan[] plans = [.. ScenarioFiles.Of(parsed.GetValue(scripts) is { Length: > 0 } given ? given : [ScenarioFiles.Usual]).Select(f => reader.Read(f, interruption.Token))];
            if (parsed.GetValue(format) == "json")
            {
                line.Output.WriteLine(ToJson(plans));
                return ExitCodes.Ok;
            }

            WriteScenarios(line.Output, plans);
            ProgramHelp.Write(line.Output, programs);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static void WriteScenarios(TextWriter output, ScenarioPlan[] plans)
    {
        output.WriteLine("Scenarios");
        foreach (ScenarioPlan plan in plans)
        {
            output.WriteLine($"\n  {ScenarioFiles.Shown(plan.Path)}: {plan.Title}");
            foreach (Parameter parameter in plan.Scenario.Parameters)
            {
                output.WriteLine($"    -p {parameter.Name}={string.Join(',', parameter.Values)}");
            }

            foreach (CaseDeclaration declared in plan.Scenario.Declarations)
            {
                int points = plan.Points.Count(p => p.Declaration == declared);
                string backends = declared.BackendList is { } some ? $" on {string.Join(", ", some)}" : string.Empty;
                output.WriteLine($"    {declared.Name}: {string.Join(", ", declared.Metrics.Select(m => $"{m.Name} [{m.Unit}]"))}; "
                    + $"{points} {(points == 1 ? "point" : "points")}, {string.Join("/", declared.PlacementList).ToLowerInvariant()}{backends}");
            }
        }
    }

    private static string ToJson(ScenarioPlan[] plans) => JsonSerializer.Serialize(
        plans.Select(plan => new
        {
            Scenario = plan.Name,
            plan.Path,
            plan.Title,
            plan.Sha256,
            plan.Scenario.Questions,
            Parameters = plan.Scenario.Parameters.Select(p => new { p.Name, p.Values }),
            Cases = plan.Points.Select(p => new
            {
                p.Declaration.Name,
                Params = p.Values,
                Workload = p.Workload.ToString(),
                Metrics = p.Declaration.Metrics.Select(m => new { m.Name, m.Unit, Better = m.Better.ToString().ToLowerInvariant() }),
                Placements = p.Declaration.PlacementList.Select(w => w.ToString().ToLowerInvariant()),
                Backends = p.Declaration.BackendList,
            }),
        }),
        Format);
}
