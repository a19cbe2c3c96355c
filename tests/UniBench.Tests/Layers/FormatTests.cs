using System.Diagnostics;
using NUnit.Framework;
using UniBench.Tests.Conformance;

namespace UniBench.Tests.Layers;

internal sealed class FormatTests
{
    /// <summary>Other versions break some lines elsewhere.</summary>
    private const string Version = "version 14.";

    [Test]
    public void The_C_sources_are_as_clang_format_writes_them()
    {
        Require.Programs("/usr/bin/clang-format");
        string version = Output("clang-format", "--version").Output;
        if (!version.Contains(Version, StringComparison.Ordinal))
        {
            Assert.Ignore($"the C sources are formatted by clang-format 14, here is {version.Trim()}");
        }

        (int code, string output) = Output("make", "-s", "-C", Path.Combine(ConformancePrograms.Repository, "guest"), "check-format");
        Assert.That(code, Is.Zero, $"make -C guest format mends it:\n{output}");
    }

    private static (int Code, string Output) Output(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
