using System.Diagnostics;
using System.Globalization;
using NUnit.Framework;
using UniBench.Fuzz;

namespace UniBench.Tests.Engine;

/// <summary>A short `./run.sh fuzz` of each part, with a seed that is always the same and one that never is.</summary>
[Slow]
[TestFixture]
internal sealed class FuzzTests
{
    [NeedsKvm]
    [TooLongEmulated]
    [Test]
    public void Neither_monitor_nor_host_break_by_what_guests_in_VMs_do([Values(1, null)] int? seed)
    {
        Require.Kvm();
        Survives(Part.Hypercalls, Engines.Kvm, seed, 12);
    }

    [Test]
    public void Neither_monitor_nor_host_break_by_what_sandboxed_guests_do([Values(1, null)] int? seed) => Survives(Part.Hypercalls, Engines.Sandbox, seed, 12);

    [Test]
    public void Damaged_programs_are_refused_or_run_to_some_end([Values(1, null)] int? seed) => Survives(Part.Programs, Engines.Sandbox, seed, 5);

    [Test]
    public void Damaged_results_are_reported_or_refused_in_one_line([Values(1, null)] int? seed) => Survives(Part.Results, "all", seed, 3);

    private static void Survives(string part, string machine, int? seed, int seconds)
    {
        string first = (seed ?? Random.Shared.Next()).ToString(CultureInfo.InvariantCulture);
        ProcessStartInfo start = new("dotnet", [Path.Combine(TestContext.CurrentContext.TestDirectory, "UniBench.Fuzz.dll"), "fuzz", "--part", part, "--machine", machine, "--seed", first, "--seconds", seconds.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        using Process fuzz = Process.Start(start)!;
        Task<string> errors = fuzz.StandardError.ReadToEndAsync();
        string said = fuzz.StandardOutput.ReadToEnd();
        fuzz.WaitForExit();
        TestContext.Out.Write(said);
        Assert.That(fuzz.ExitCode, Is.Zero, said + errors.GetAwaiter().GetResult());
        Assert.That(said, Does.Match("inputs of [1-9]"));
    }
}
