using System.Diagnostics;
using System.Globalization;
using System.Text;
using UniBench.Host;

namespace UniBench.Fuzz.Soak;

/// <summary>A unibench that runs, with what it says.</summary>
internal sealed class Launched : IDisposable
{
    /// <summary>What .NET and unibench say when they break down.</summary>
    private static readonly string[] Breakdowns = ["internal error", "please report", "fault of UniBench", "Unhandled exception", "Fatal error", "Aborted"];

    private readonly Process process;
    private readonly StringBuilder output = new(), errors = new();

    public Launched(Workload workload, IReadOnlyList<string> prefix, string temporary)
    {
        Workload = workload;
        string tool = Path.Combine(AppContext.BaseDirectory, "unibench.dll");
        string[] command = [.. prefix, "dotnet", tool, .. workload.Arguments];
        ProcessStartInfo start = new(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["TMPDIR"] = temporary;
        start.Environment["DOTNET_EnableDiagnostics"] = "0"; // or a killed runtime leaves files of its own
        process = Process.Start(start)!;
        process.StandardInput.Close();
        process.OutputDataReceived += (_, e) => Hear(output, e.Data);
        process.ErrorDataReceived += (_, e) => Hear(errors, e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Workload Workload { get; }

    public int Pid => process.Id;

    public int ExitCode => process.ExitCode;

    public string Output => Said(output);

    public string Errors => Said(errors);

    public bool HasEnded => process.HasExited;

    /// <summary>It said that it broke down.</summary>
    public string? Breakdown => Breakdowns.FirstOrDefault(b => Errors.Contains(b, StringComparison.Ordinal));

    public bool WaitForEnd(TimeSpan patience)
    {
        if (!process.WaitForExit(patience))
        {
            return false;
        }

        process.WaitForExit(); // and all was heard
        return true;
    }

    public void Signal(int signal)
    {
        if (!process.HasExited)
        {
            HostProcess.Kill(process.Id, signal);
        }
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Workload.Name}: unibench {string.Join(' ', Workload.Arguments)}\n  {(HasEnded ? $"ended with {ExitCode}" : "runs")}\n  stdout: {Tail(Output)}\n  stderr: {Tail(Errors)}");

    public void Dispose()
    {
        Signal(9);
        process.Dispose();
    }

    private static string Tail(string text) => text.Length <= 2000 ? text : "..." + text[^2000..];

    private static string Said(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private static void Hear(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.Append(line).Append('\n');
            }
        }
    }
}
