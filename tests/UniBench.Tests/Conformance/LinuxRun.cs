using System.Diagnostics;
using UniBench.Workloads;

namespace UniBench.Tests.Conformance;

/// <summary>Runs a program as a Linux process: its output is what POSIX means here.</summary>
internal static class LinuxRun
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    public static Observation Run(string path, params string[] arguments)
    {
        using FreshDirectory directory = new();
        return RunIn(directory.Path, path, arguments);
    }

    /// <param name="directory">The working directory.</param>
    public static Observation RunIn(string directory, string path, params string[] arguments)
    {
        UniBench.Host.HostProcess.KeepDescriptors();
        // .NET folds a killing signal into 128 + signal; these programs exit with codes below 128, so it can be told apart.
        // .NET ignores SIGPIPE and its children inherit that: env gives them the default dispositions back.
        using Process process = Process.Start(new ProcessStartInfo("/usr/bin/env", ["--default-signal", path, .. arguments])
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException($"{path} was not started");
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        Task copy = process.StandardOutput.BaseStream.CopyToAsync(output);
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{path} did not end within {Limit.TotalSeconds:0} s as a Linux process");
        }

        copy.GetAwaiter().GetResult();
        int code = process.ExitCode;
        return new Observation(output.ToArray(), code > 128 ? ExitStatus.Killed(code - 128) : ExitStatus.Exited(code), errors.GetAwaiter().GetResult());
    }
}
