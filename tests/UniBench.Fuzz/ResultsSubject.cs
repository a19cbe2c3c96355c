using UniBench.Cli;
using UniBench.Cli.Commands;
using UniBench.Reports;

namespace UniBench.Fuzz;

/// <summary>Damaged results files: a report, a comparison, or exit code 2 and one line.</summary>
internal sealed class ResultsSubject(string folder) : ISubject
{
    private const int Each = 5;
    private readonly byte[][] sound = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "reports"), "results.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => InOneFile(f, folder))];

    public Tried Try(ulong seed)
    {
        Random random = new((int)(seed % int.MaxValue));
        byte[] right = sound[random.Next(sound.Length)];
        string file = Path.Combine(folder, "results.json"), other = Path.Combine(folder, "sound.json");
        File.WriteAllBytes(other, right);
        for (int i = 0; i < Each; i++)
        {
            File.WriteAllBytes(file, ResultsMutator.Mutate(right, random));
            string? fault = FaultOf("report", file, "--out", Path.Combine(folder, "report"), "--format", "md,html,csv,json,junit,tex") ?? FaultOf("compare", other, file);
            if (fault is not null)
            {
                return new Tried(i + 1, $"input {i}: {fault}");
            }
        }

        return new Tried(Each, null);
    }

    private static byte[] InOneFile(string results, string folder)
    {
        string file = Path.Combine(folder, "sound.json");
        ResultsFile.Save(ResultsFile.Load(results), file);
        return File.ReadAllBytes(file);
    }

    private static string? FaultOf(params string[] command)
    {
        using StringWriter output = new(), errors = new();
        int code = FrontDoor.Run(command, output, errors);
        bool isLine = code != ExitCodes.Usage || errors.ToString().TrimEnd().Split('\n').All(l => l.StartsWith("unibench: ", StringComparison.Ordinal));
        return code == ExitCodes.InternalError || !isLine ? $"{command[0]} ended with {code}: {errors}" : null;
    }

    public void Dispose()
    {
    }
}
