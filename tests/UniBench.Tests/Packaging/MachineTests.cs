using System.Diagnostics;
using NUnit.Framework;
using UniBench.Tests.Conformance;

namespace UniBench.Tests.Packaging;

/// <summary>`./run.sh machine`: what a command in the emulated machine says is heard outside.</summary>
[Slow]
internal sealed class MachineTests
{
    private const int CannotBeHad = 4;

    [Test]
    public void Output_errors_and_status_of_a_command_are_passed_through_and_its_stdin_is_empty() => Assert.That(
        Run("--cpus", "2", "--", "sh", "-c", "test -c /dev/kvm && nproc; cat; echo to stderr >&2; exit 7"), Is.EqualTo((7, "2\n", "to stderr\n")));

    [Test]
    public void A_command_that_a_signal_kills_has_the_status_that_shells_give_it() => Assert.That(Run("--", "sh", "-c", "kill -TERM $$").Code, Is.EqualTo(128 + 15));

    [Test]
    public void A_command_that_is_missing_has_the_status_that_shells_give_it() => Assert.That(Run("--", "no-such-command").Code, Is.EqualTo(127));

    [Test]
    public void A_command_that_cannot_be_executed_has_the_status_that_shells_give_it() => Assert.That(Run("--", "/etc/passwd").Code, Is.EqualTo(126));

    [Test]
    public void Without_a_command_the_machine_does_not_boot() => Assert.That(Run("--cpus", "2").Code, Is.EqualTo(2));

    private static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        using FreshDirectory shared = new();
        ProcessStartInfo start = new(Path.Combine(ConformancePrograms.Repository, "tests", "machine", "machine"), ["--share", shared.Path, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        using Process machine = Process.Start(start)!;
        Task<string> errors = machine.StandardError.ReadToEndAsync();
        string output = machine.StandardOutput.ReadToEnd();
        machine.WaitForExit();
        if (machine.ExitCode == CannotBeHad)
        {
            Assert.Ignore(errors.GetAwaiter().GetResult().Trim());
        }

        return (machine.ExitCode, output, errors.GetAwaiter().GetResult());
    }
}
