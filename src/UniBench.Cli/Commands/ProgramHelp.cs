using System.Text;
using UniBench.Backends;
using UniBench.Workbench.Running;
using UniBench.Workloads;

namespace UniBench.Cli.Commands;

/// <summary>What the shipped programs say about themselves, asked with --help as Linux processes.</summary>
internal static class ProgramHelp
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public static void Write(TextWriter output, ProgramCatalog programs)
    {
        output.WriteLine(programs.Names.Count == 0
            ? $"\nPrograms: none are built here: make -C guest programs, or set {ProgramCatalog.Variable}"
            : $"\nPrograms in {programs.Folder}");
        using ProcessBackend linux = new();
        foreach (string name in programs.Names)
        {
            string[] lines = Ask(linux, Path.Combine(programs.Folder!, name), name).TrimEnd().Split('\n');
            output.WriteLine($"\n  {name}: {lines[0]}");
            foreach (string parameter in lines.Skip(1))
            {
                output.WriteLine($"    {parameter}");
            }
        }
    }

    private static string Ask(ProcessBackend linux, string path, string name)
    {
        try
        {
            LaunchResult result = linux.Launch(
                new LaunchRequest { Stages = [new ProcessSpec(path, [name, "--help"])], Timeout = Limit }, CancellationToken.None);
            return result.Stages[0].IsSuccess ? Encoding.UTF8.GetString(result.Stdout) : $"--help: {result.Stages[0]}";
        }
        catch (LaunchException e)
        {
            return e.Message;
        }
    }
}
