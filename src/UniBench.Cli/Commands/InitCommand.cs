using System.CommandLine;
using UniBench.Workbench;

namespace UniBench.Cli.Commands;

/// <summary>`unibench init`: writes a commented scenario to begin with.</summary>
internal static class InitCommand
{
    public const string Name = "init";
    private const string Extension = ".csx";

    public static Command Create(CommandLine line)
    {
        Argument<string> name = new("name") { Description = "The scenario's file; .csx is added where it is missing." };
        Command command = new(Name, "Writes a commented scenario that runs, to begin with.") { name };
        command.SetAction(parsed =>
        {
            line.RefuseRest(Name);
            string given = parsed.GetRequiredValue(name);
            string path = given.EndsWith(Extension, StringComparison.Ordinal) ? given : given + Extension;
            try
            {
                // CreateNew: a scenario that is there is never written over.
                using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write);
                using StreamWriter writer = new(file) { NewLine = "\n" };
                writer.Write(Template().Replace("{name}", Path.GetFileNameWithoutExtension(path), StringComparison.Ordinal));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new UsageException($"init: {FileErrors.Text(e)}");
            }

            line.Output.WriteLine($"{path}: written; unibench run {path} --quick runs it");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static string Template()
    {
        using Stream stream = typeof(InitCommand).Assembly.GetManifestResourceStream("ScenarioTemplate.csx")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
