using System.CommandLine;
using UniBench.Workbench;
using UniBench.Workbench.Scripting;

namespace UniBench.Cli.Commands;

/// <summary>`unibench editor`: lets editors complete scenarios.</summary>
internal static class EditorCommand
{
    public const string Name = "editor";

    public static Command Create(CommandLine line)
    {
        Argument<string> directory = new("directory") { Description = "Where the scenarios are, and the folder that the editor opens.", DefaultValueFactory = _ => "." };
        Command command = new(Name, "Writes what editors with OmniSharp need to complete scenarios and show their errors.") { directory };
        command.SetAction(parsed =>
        {
            line.RefuseRest(Name);
            string given = parsed.GetRequiredValue(directory);
            if (!Directory.Exists(given))
            {
                throw new UsageException($"there is no directory {given}");
            }

            foreach (string file in EditorFiles.Write(given))
            {
                line.Output.WriteLine(file);
            }

            return ExitCodes.Ok;
        });
        return command;
    }
}
